import { expect, test } from "vitest";
import { numberOfDays } from "./days";

test.each([
  ["10", 10],
  ["１０", 10],
  ["0", 0],
  ["400", 400],
  ["401", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["", undefined],
])("%s days typed are %s", (written, days) => {
  expect(numberOfDays(written)).toBe(days);
});
