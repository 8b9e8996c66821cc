import { expect, test } from "vitest";
import type { Ask, CaseView } from "../../../bindings";
import { newsSince, written } from "./compare";

const before = { time: "11-24 10:31", text: "收件", who: "王丽", station: "1号台" };
const after = { time: "11-24 10:42", text: "受理", who: "李强", station: "2号台" };
const view = (...timeline: object[]) => ({ timeline }) as unknown as CaseView;
const ask: Ask = {
  field: "outcome",
  kind: "choice",
  label: "结果",
  required: true,
  choices: [{ value: "approved", label: "准予" }],
  value: "",
};

test("only what others did since is news", () => {
  expect(newsSince(view(before), view(before, after))).toEqual(["11-24 10:42 受理 李强 2号台"]);
});

test("an answer is read as it was chosen", () => {
  expect(written(ask, "approved")).toBe("准予");
  expect(written(ask, "")).toBe("—");
  expect(written(ask, { name: "派出所", address: "", phone: "110" })).toBe("派出所 110");
});
