import { expect, test } from "vitest";
import type { TimelineView } from "../../../bindings";
import { happeningsOf } from "./record";

const line: TimelineView = {
  time: "11-24 10:42",
  step: "accept",
  text: "受理",
  who: "王丽",
  station: "1号台",
  effect: "applied",
  note: "",
  is_synced: false,
};

test("what lost its effect stays in the record, struck through, and says why", () => {
  expect(happeningsOf([line, { ...line, effect: "displaced", note: "写错日期" }])).toMatchObject([
    { void: false, who: "王丽 · 1号台" },
    { void: true, note: "被更正，不再有效：写错日期" },
  ]);
});

test("only what the hub has is called synced", () => {
  expect(happeningsOf([{ ...line, is_synced: true }])).toMatchObject([{ who: "王丽 · 1号台 · 已同步" }]);
});
