import { expect, test } from "vitest";
import { inputOf } from "./typed";

const nobody = { name: "单晓芳", reading: "", idNumber: "", sex: "", birth: "", phone: "", address: "" };

test("a number tells sex and birth, so that they are not sent beside it", () => {
  const typed = { ...nobody, idNumber: " 320583198103079911 ", sex: "2", birth: "1990-01-01" };
  expect(inputOf(typed)).toEqual({ name: "单晓芳", id_number: "320583198103079911" });
});

test("somebody without a document has sex and birth if they were told", () => {
  expect(inputOf({ ...nobody, sex: "2", birth: "2026-11-01" })).toEqual({
    name: "单晓芳",
    sex: "2",
    birth: "2026-11-01",
  });
});
