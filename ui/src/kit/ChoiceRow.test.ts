import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import ChoiceRow from "./ChoiceRow.svelte";

const choices = [
  { value: "card", label: "刷证" },
  { value: "four", label: "核对末四位" },
  { value: "proxy", label: "委托", reason: "这个事项不能代办。" },
];

function show(value?: string) {
  const onchoose = vi.fn<(value: string) => void>();
  render(ChoiceRow, { name: "identity", label: "核对", choices, value, onchoose });
  return { onchoose, radios: screen.getAllByRole("radio") };
}

const press = (code: string) => fireEvent.keyDown(document.activeElement ?? document.body, { code });

describe("a row of choices", () => {
  it("is picked from by digit, on the main keys and on the number pad", async () => {
    const { onchoose, radios } = show();
    radios[0]?.focus();
    await press("Digit2");
    await press("Numpad1");
    expect(onchoose.mock.calls).toEqual([["four"], ["card"]]);
    expect(document.activeElement).toBe(radios[0]);
  });

  it("moves with the arrows and stops at its ends", async () => {
    const { onchoose, radios } = show("card");
    radios[0]?.focus();
    await press("ArrowLeft");
    expect(onchoose).not.toHaveBeenCalled();
    await press("ArrowRight");
    expect(onchoose).toHaveBeenCalledWith("four");
    expect(document.activeElement).toBe(radios[1]);
  });

  it("says why a choice cannot be picked, and does not pick it", async () => {
    const { onchoose, radios } = show("card");
    radios[0]?.focus();
    await press("Digit3");
    expect(onchoose).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(radios[2]);
    expect(radios[2]?.textContent).toContain("这个事项不能代办。");
  });

  it("is one stop for Tab: the chosen one", () => {
    const { radios } = show("four");
    expect(radios.map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1]);
  });
});
