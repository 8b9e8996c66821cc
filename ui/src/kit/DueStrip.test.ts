import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
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

  it("folds into weeks when it is long, and loses no counted day; a week of one day is that day", () => {
    const long = days(29);
    const chips = fold(long, week, counted);
    expect(chips.length).toBeLessThan(LONGEST_STRIP);
    expect(chips.map(({ mark }) => mark)).toEqual([
      "start",
      "计3天",
      "计5天",
      "计5天",
      "计5天",
      "counted",
      "due",
    ]);
    expect(chips[2]?.head).toBe("11-30–06");
  });

  it("shows the week of today day by day, and any other one when somebody walks or clicks into it", async () => {
    render(DueStrip, { days: days(29), today: "2026-12-02" });
    const shown = () => screen.getAllByRole("option").map((option) => option.dataset["day"]);
    const before = shown();
    expect(before).toContain("2026-12-02");
    expect(before).not.toContain("2026-12-09");
    screen.getAllByRole("option").at(-1)?.focus();
    const press = async (code: string) => {
      await fireEvent.keyDown(document.activeElement ?? document.body, { code });
      await tick();
    };
    // From the last day to the left: 12-21, then the Sunday of the week before it.
    await press("ArrowLeft");
    await press("ArrowLeft");
    expect((document.activeElement as HTMLElement).dataset["day"]).toBe("2026-12-20");
    await press("ArrowLeft");
    expect((document.activeElement as HTMLElement).dataset["day"]).toBe("2026-12-19");
    expect(shown()).not.toContain("2026-12-02");
    await fireEvent.click(screen.getByTitle(/2026-12-07 至/));
    await tick();
    expect(shown()).toContain("2026-12-09");
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
