import { expect, test } from "vitest";
import { changed } from "./changed";

const shown = { name: "陈喆", reading: "chen zhe", phone: "", address: "12幢3单元502室", id_number: "" };

test("only what was changed is sent, so that a mask never comes back as a number", () => {
  expect(changed(shown, shown)).toEqual({});
  expect(changed(shown, { ...shown, phone: " 15400001234 ", name: "陈喆 " })).toEqual({
    phone: "15400001234",
  });
});
