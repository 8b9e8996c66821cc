import { expect, test } from "vitest";
import { problemsOfPin } from "./pin";

const say = { pinWrong: "six digits", pinDiffers: "they differ" };

test("a PIN has six digits and is typed twice", () => {
  expect(problemsOfPin("12345", "12345", say)).toEqual([{ field: "pin", text: "six digits" }]);
  expect(problemsOfPin("123456", "123457", say)).toEqual([{ field: "pin-again", text: "they differ" }]);
  expect(problemsOfPin("123456", "123456", say)).toEqual([]);
});
