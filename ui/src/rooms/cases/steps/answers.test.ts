import { expect, test } from "vitest";
import type { Ask, AskKind, MaterialView } from "../../../bindings";
import { firstAnswers, firstLines, inputOf, tickable, unanswered } from "./answers";

function ask(field: string, kind: AskKind, more: Partial<Ask> = {}): Ask {
  return { field, kind, label: field, required: true, choices: [], value: "", ...more };
}

function material(
  code: string,
  state: MaterialView["state"],
  more: Partial<MaterialView> = {},
): MaterialView {
  return {
    code,
    name: `材料${code}`,
    form: "原件 1",
    handling: "",
    required: true,
    deferrable: false,
    e_cert: false,
    any_of: null,
    state,
    note: "",
    ...more,
  };
}

const say = {
  field: (label: string) => `${label} is empty`,
  ticks: "tick one",
  lines: "write one",
  lookAll: "look",
};

test("a form opens with what the desk suggests", () => {
  const asks = [
    ask("on", "day", { value: "2026-11-24" }),
    ask("signed", "tick", { value: "true" }),
    ask("note", "remark"),
  ];
  expect(firstAnswers(asks)).toEqual({ on: "2026-11-24", signed: true, note: "" });
});

test("a notice of ours begins with everything that is not here, and nothing counts as looked at", () => {
  const lines = firstLines([
    material("A", "missing"),
    material("B", "here"),
    material("C", "problem", { note: "租赁合同过期" }),
    material("D", "missing", { required: false }),
  ]);
  expect(lines.map(({ material: code, problem, note, isSeen }) => [code, problem, note, isSeen])).toEqual([
    ["A", "missing", "", false],
    ["C", "incomplete", "租赁合同过期", false],
  ]);
});

test("a group of which one is enough is one line, and any of it may be brought for it", () => {
  const materials = [
    material("HOME", "missing", { any_of: "三选一" }),
    material("WORK", "missing", { any_of: "三选一" }),
    material("APP", "missing"),
  ];
  const lines = firstLines(materials);
  expect(lines.map(({ name }) => name)).toEqual(["材料HOME / 材料WORK", "材料APP"]);
  const listed = [{ material: "HOME", name: "材料HOME / 材料WORK", problem: "missing" as const, note: "" }];
  expect(tickable({ materials, listed, owed: [] }).map(({ key }) => key)).toEqual([
    "material:HOME",
    "material:WORK",
  ]);
});

test("what is ticked becomes materials, and the department's own lines go by their names", () => {
  const asks = [ask("brought", "brought")];
  expect(inputOf(asks, { brought: ["material:APP", "other:收入说明"] })).toEqual({
    brought: [{ material: "APP", how: "paper", pages: 0 }],
    others: ["收入说明"],
  });
});

test("a number is sent as a number, also when it was typed full-width, and empty texts are not sent", () => {
  const asks = [ask("days", "number"), ask("note", "remark", { required: false }), ask("reason", "text")];
  expect(inputOf(asks, { days: "１０", note: "  ", reason: " 公示 " })).toEqual({ days: 10, reason: "公示" });
});

test("a line of a notice goes out without the marks of the form", () => {
  const asks = [ask("listed", "listed")];
  const line = {
    key: "A",
    material: "A",
    name: "申请表 ",
    problem: "incomplete" as const,
    note: " 漏签 ",
    isSeen: true,
  };
  expect(inputOf(asks, { listed: [line] })).toEqual({
    listed: [{ material: "A", name: "申请表", problem: "incomplete", note: "漏签" }],
  });
});

test("all that is missing is told at once", () => {
  const asks = [
    ask("reason", "text"),
    ask("brought", "brought"),
    ask("go_to", "go_to"),
    ask("note", "remark", { required: false }),
  ];
  const answers = { reason: " ", brought: [], go_to: { name: "", address: "", phone: "" }, note: "" };
  expect(unanswered(asks, answers, say)).toMatchObject([
    { field: "reason" },
    { field: "brought" },
    { field: "go_to" },
  ]);
});

test("a notice waits until every line has been looked at", () => {
  const asks = [ask("listed", "listed")];
  const line = { key: "A", name: "申请表", problem: "missing" as const, note: "", isSeen: false };
  expect(unanswered(asks, { listed: [line] }, say)).toEqual([{ field: "listed", text: "look" }]);
  expect(unanswered(asks, { listed: [{ ...line, isSeen: true }] }, say)).toEqual([]);
});

test("after a notice only what it lists can be ticked", () => {
  const found = tickable({
    materials: [material("A", "missing"), material("B", "missing"), material("C", "here")],
    listed: [
      { material: "A", name: "材料A", problem: "missing", note: "" },
      { name: "收入说明", problem: "missing", note: "单位盖章" },
    ],
    owed: [],
  });
  expect(found.map(({ key }) => key)).toEqual(["material:A", "other:收入说明"]);
});
