import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import Checklist from "./Checklist.svelte";
import type { Paper } from "./papers";

const paper = (id: string, change: Partial<Paper> = {}): Paper => ({
  id,
  name: id,
  need: "原件 1",
  ticked: false,
  ...change,
});
const reasons = [
  { id: "expired", label: "失效" },
  { id: "illegible", label: "看不清" },
];

function show(papers: Paper[]) {
  const ontick = vi.fn<(id: string, ticked: boolean) => void>();
  const onproblem = vi.fn<(id: string, reason: string | undefined) => void>();
  const onelectronic = vi.fn<(id: string) => void>();
  render(Checklist, { label: "材料", papers, reasons, ontick, onproblem, onelectronic });
  screen.getAllByRole("checkbox")[0]?.focus();
  return { ontick, onproblem, onelectronic };
}

const press = (code: string) => fireEvent.keyDown(document.activeElement ?? document.body, { code });
const focused = () => (document.activeElement as HTMLElement | null)?.dataset["focusKey"];

describe("the papers on the counter", () => {
  it("stand with the missing ones first and the held ones below", () => {
    show([paper("held", { held: true, ticked: true }), paper("form"), paper("proof")]);
    expect(screen.getAllByRole("checkbox").map(({ dataset }) => dataset["focusKey"])).toEqual([
      "form",
      "proof",
      "held",
    ]);
  });

  it("are ticked by Space, which moves on to the next missing one", async () => {
    const { ontick } = show([
      paper("form"),
      paper("here", { ticked: true }),
      paper("proof"),
      paper("held", { held: true }),
    ]);
    await press("Space");
    expect(ontick.mock.calls).toEqual([["form", true]]);
    await vi.waitFor(() => expect(focused()).toBe("proof"));
  });

  it("need one only of a group: Space goes past the others", async () => {
    show([paper("work", { group: "三选一" }), paper("home", { group: "三选一" }), paper("form")]);
    await press("Space");
    await vi.waitFor(() => expect(focused()).toBe("form"));
    expect(screen.getByRole("group", { name: "三选一" })).toBeDefined();
  });

  it("are marked as wrong by a slash and the digit of a reason", async () => {
    const { onproblem, ontick } = show([paper("form"), paper("proof")]);
    await press("Slash");
    expect(screen.getByRole("status").textContent).toContain("按数字选");
    await press("Numpad2");
    expect(onproblem.mock.calls).toEqual([["form", "illegible"]]);
    expect(ontick).not.toHaveBeenCalled();
  });

  it("are not marked when the question is closed", async () => {
    const { onproblem } = show([paper("form")]);
    await press("Slash");
    await press("Escape");
    expect(screen.queryByRole("status")).toBeNull();
    await press("Digit1");
    expect(onproblem).not.toHaveBeenCalled();
  });

  it("come as electronic certificates where that is possible", async () => {
    const { onelectronic } = show([paper("form"), paper("card", { canBeElectronic: true })]);
    await press("KeyE");
    await press("ArrowDown");
    await vi.waitFor(() => expect(focused()).toBe("card"));
    await press("KeyE");
    expect(onelectronic.mock.calls).toEqual([["card"]]);
  });

  it("tell their state in words", () => {
    show([paper("form"), paper("proof", { problem: "失效" }), paper("card", { held: true, ticked: true })]);
    expect(screen.getAllByRole("checkbox").map((row) => row.getAttribute("aria-checked"))).toEqual([
      "false",
      "mixed",
      "true",
    ]);
    for (const word of ["缺", "失效", "已有"]) expect(screen.getByText(word)).toBeDefined();
  });
});
