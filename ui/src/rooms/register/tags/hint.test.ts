import { expect, test } from "vitest";
import { hintOf } from "./hint";

test("a visit's hint says how, never why", () => {
  expect(hintOf({ every_days: 30, in_pairs: true })).toBe("上门须两人同行 · 至少每 30 天走访一次");
  expect(hintOf({ every_days: null, in_pairs: true })).toBe("上门须两人同行");
  expect(hintOf({ every_days: 30, in_pairs: false })).toBe("至少每 30 天走访一次");
  expect(hintOf(null)).toBe("");
});
