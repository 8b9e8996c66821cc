import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Found, FoundAll, FoundKind } from "./found";
import OmniBox from "./OmniBox.svelte";

const hit = (id: string, kind: FoundKind = "resident"): Found => ({
  kind,
  id,
  title: `陈${id}`,
  detail: "1981年生",
});
const found = (...hits: Found[]): FoundAll => ({ hits, total: hits.length });

type Search = (text: string, kinds: FoundKind[] | undefined) => Promise<FoundAll | undefined>;

function show(answer: FoundAll | Promise<FoundAll> = found(hit("a"), hit("b"))) {
  const search = vi.fn<Search>(() => Promise.resolve(answer));
  const onopen = vi.fn<(hit: Found) => void>();
  const onpalette = vi.fn();
  // ESLint cannot see what a component exports.
  const component = render(OmniBox, { search, onopen, onpalette }).component as {
    scanned: (code: string) => Promise<void>;
  };
  return { search, onopen, onpalette, component, box: screen.getByRole<HTMLInputElement>("combobox") };
}

describe("the search box", () => {
  it("opens the first hit on Enter, also when the answer is still on its way", async () => {
    let arrive: (answer: FoundAll) => void = () => undefined;
    const { onopen, box } = show(new Promise((resolve) => (arrive = resolve)));
    const user = userEvent.setup();
    await user.type(box, "chenz{Enter}");
    expect(onopen).not.toHaveBeenCalled();
    arrive(found(hit("a")));
    await vi.waitFor(() => expect(onopen).toHaveBeenCalledWith(hit("a")));
  });

  it("moves with the arrows and never wraps", async () => {
    const { onopen, box } = show();
    const user = userEvent.setup();
    await user.type(box, "chen");
    await screen.findAllByRole("option");
    await user.keyboard("{ArrowUp}{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
    expect(onopen).toHaveBeenCalledWith(hit("b"));
  });

  it("limits the kind with Tab, and asks again", async () => {
    const { search, box } = show();
    const user = userEvent.setup();
    await user.type(box, "c");
    await user.tab();
    expect(search.mock.lastCall).toEqual(["c", ["resident"]]);
    expect(box).toBe(document.activeElement);
  });

  it("asks nothing while an input method composes", async () => {
    const { search, box } = show();
    box.value = "ch";
    box.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    expect(search).not.toHaveBeenCalled();
    box.value = "陈";
    box.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
    expect(search.mock.calls).toEqual([["陈", undefined]]);
    await screen.findAllByRole("option");
  });

  it("shows the latest question's answer, whichever comes last", async () => {
    const answers: ((answer: FoundAll) => void)[] = [];
    const search = vi.fn<Search>(() => new Promise((resolve) => answers.push(resolve)));
    render(OmniBox, { search, onopen: vi.fn() });
    await userEvent.setup().type(screen.getByRole("combobox"), "ab");
    answers[1]?.(found(hit("new")));
    answers[0]?.(found(hit("old")));
    expect((await screen.findAllByRole("option")).map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining("陈new"),
    ]);
  });

  it("says what to do when nothing is found", async () => {
    const { box } = show(found());
    await userEvent.setup().type(box, "zzz");
    expect((await screen.findByRole("status")).textContent).toContain("没有找到");
  });

  it("opens the palette on `>`", async () => {
    const { onpalette, search, box } = show();
    await userEvent.setup().type(box, ">");
    expect(onpalette).toHaveBeenCalledOnce();
    expect(search).not.toHaveBeenCalled();
    expect(box.value).toBe("");
  });

  it("opens a scanned text at once when it is the only hit", async () => {
    const { component, onopen } = show(found(hit("a")));
    await component.scanned("320583198103079911");
    expect(onopen).toHaveBeenCalledWith(hit("a"));
  });
});
