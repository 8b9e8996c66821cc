import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import DueStrip from "./DueStrip.svelte";
import { fold, LONGEST_STRIP, type DayKind, type StripDay } from "./due";

/** Days from Tuesday 2026-11-24 on. */
function days(count: number): StripDay[] {
  return Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.UTC(2026, 10, 24 + at)).toISOString().slice(0, 10);
    const isRest = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
    const kind: DayKind = at === 0 ? "start" : at === count - 1 ? "due" : isRest ? "rest" : "counted";
    return { day, kind, mark: kind, why: isRest ? "周末，不算" : "工作日" };
  });
}

const week = (from: string, to: string) => `${from}..${to}`;
const counted = (count: number) => `计${String(count)}天`;

describe("the strip of a limit", () => {
  it("has one chip a day while it is short", () => {
    expect(fold(days(LONGEST_STRIP), week, counted)).toHaveLength(LONGEST_STRIP);
  });

  it("folds into weeks when it is long, and loses no counted day", () => {
    const long = days(29);
    const chips = fold(long, week, counted);
    expect(chips.length).toBeLessThan(LONGEST_STRIP);
    expect(chips.map(({ mark }) => mark)).toEqual([
      "start",
      "计3天",
      "计5天",
      "计5天",
      "计5天",
      "计1天",
      "due",
    ]);
    expect(chips[2]?.head).toBe("11-30–06");
  });

  it("says of each day why it counts or not, walking with the arrows", async () => {
    render(DueStrip, { days: days(9) });
    const options = screen.getAllByRole("option");
    options.at(-1)?.focus();
    await fireEvent.keyDown(options[8] ?? document.body, { code: "Home" });
    for (let step = 0; step < 4; step += 1) {
      await fireEvent.keyDown(document.activeElement ?? document.body, { code: "ArrowRight" });
    }
    expect(document.activeElement).toBe(options[4]);
    expect(screen.getByRole("status").textContent).toContain("周末，不算");
  });

  it("stops at its ends", async () => {
    render(DueStrip, { days: days(3) });
    const options = screen.getAllByRole("option");
    options[2]?.focus();
    await fireEvent.keyDown(options[2] ?? document.body, { code: "ArrowRight" });
    expect(document.activeElement).toBe(options[2]);
  });
});
