import { fireEvent, render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { desk, type Answer } from "../../../app/desk";
import PersonBox from "./PersonBox.svelte";

const hits = ["陈喆", "陈哲"].map((title, at) => ({
  kind: "resident",
  id: `${at}`.repeat(32),
  title,
  detail: "1981",
  why: "",
}));

describe("the box for a person", () => {
  let onpick: ReturnType<typeof vi.fn<(person: string) => void>>;
  let asked: () => unknown[];

  beforeEach(() => {
    onpick = vi.fn();
    const answer = { status: "done", value: { hits, total: hits.length } } as Answer<never>;
    const call = vi.spyOn(desk, "call").mockImplementation(() => Promise.resolve(answer));
    asked = () => call.mock.calls.map(([, input]) => (input as { text: string }).text);
    render(PersonBox, { onpick });
  });

  it("takes the first at Enter, also when the answer is still on its way", async () => {
    await userEvent.type(screen.getByRole("combobox"), "chenz{Enter}");
    await vi.waitFor(() => {
      expect(onpick).toHaveBeenCalledWith(hits[0]?.id);
    });
  });

  it("does nothing at Enter while nothing is typed", async () => {
    await userEvent.type(screen.getByRole("combobox"), "{Enter}");
    expect(asked()).toEqual([]);
    expect(onpick).not.toHaveBeenCalled();
  });

  it("moves down without wrapping", async () => {
    const box = screen.getByRole("combobox");
    await userEvent.type(box, "chenz");
    await screen.findAllByRole("option");
    await userEvent.type(box, "{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
    await vi.waitFor(() => {
      expect(onpick).toHaveBeenCalledWith(hits[1]?.id);
    });
  });

  it("asks for the characters and never for the letters of a composition", async () => {
    const box = screen.getByRole<HTMLInputElement>("combobox");
    await fireEvent.compositionStart(box);
    box.value = "c h e n";
    await fireEvent(box, new InputEvent("input", { isComposing: true, bubbles: true }));
    expect(asked()).toEqual([]);
    box.value = "陈";
    await fireEvent.compositionEnd(box);
    expect(asked()).toEqual(["陈"]);
  });
});
