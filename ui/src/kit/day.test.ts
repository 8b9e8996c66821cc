import { describe, expect, it } from "vitest";
import { dayLabel, longDay, readDay, timeLabel } from "./day";

const TODAY = "2026-11-24";

describe("a day as people write it", () => {
  it.each([
    ["11-24", "2026-11-24"],
    ["1124", "2026-11-24"],
    ["１１２４", "2026-11-24"],
    ["3/7", "2026-03-07"],
    ["11月24日", "2026-11-24"],
    ["2027年1月2日", "2027-01-02"],
    ["20270102", "2027-01-02"],
    ["2028-02-29", "2028-02-29"],
  ])("%s is %s", (written, day) => {
    expect(readDay(written, TODAY)).toBe(day);
  });

  it.each(["", "2026-02-29", "13-01", "11-31", "明天", "124"])("%s is none", (written) => {
    expect(readDay(written, TODAY)).toBeUndefined();
  });
});

describe("a day as the screen shows it", () => {
  it("has its weekday, and the year only when it is another one", () => {
    expect(dayLabel("2026-11-24", TODAY)).toBe("11-24 周二");
    expect(dayLabel("2027-01-04", TODAY)).toBe("2027-01-04 周一");
  });

  it("is the office's, wherever the machine thinks it is", () => {
    const at = new Date("2026-11-23T23:42:07Z");
    expect(longDay(at)).toBe("11月24日 周二");
    expect(timeLabel(at)).toBe("07:42");
    expect(timeLabel(at, true)).toBe("07:42:07");
  });
});
