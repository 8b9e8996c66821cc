import { describe, expect, it } from "vitest";
import type { CounterView, MaterialState, MaterialView } from "../../../bindings";
import { text } from "../text";
import { inFirstOrder, paperOf } from "./rows";

function material(code: string, state: MaterialState, more: Partial<MaterialView> = {}): MaterialView {
  return {
    code,
    name: code,
    form: "原件 1",
    handling: "收原件",
    required: true,
    deferrable: false,
    e_cert: false,
    any_of: null,
    state,
    note: "",
    ...more,
  };
}

function answered(materials: MaterialView[], brought: string[] = []) {
  const view: CounterView = {
    item: null,
    applicant: null,
    identity_checked: false,
    materials,
    missing: 0,
    held: 0,
    decisions: [],
    term: null,
    outlook: [],
    supplement_by: null,
    listed: [],
    same_open: [],
  };
  return { view, brought: brought.map((code) => ({ material: code, how: "paper" as const, pages: 0 })) };
}

describe("the rows of the checklist", () => {
  it("stay where they first stood when a tick moves them in the desk's order", () => {
    const after = [material("B", "missing"), material("A", "here"), material("NEW", "missing")];
    expect(inFirstOrder(["A", "B"], after).map(({ code }) => code)).toEqual(["A", "B", "NEW"]);
  });

  it("are ticked at once, before the desk has answered", () => {
    const row = material("A", "missing");
    const mine = [{ material: "A", how: "paper" as const, pages: 0 }];
    expect(paperOf(row, answered([row]), mine)).toMatchObject({ ticked: true, held: false });
  });

  it("are held only when the desk had them without a tick of ours", () => {
    const row = material("A", "here");
    expect(paperOf(row, answered([row]), [])).toMatchObject({ held: true, ticked: true });
    expect(paperOf(row, answered([row], ["A"]), [])).toMatchObject({ held: false, ticked: false });
  });

  it("show a problem until the paper is ticked as good", () => {
    const row = material("A", "problem", { note: "失效" });
    expect(paperOf(row, answered([row]), []).problem).toBe("失效");
    const mine = [{ material: "A", how: "paper" as const, pages: 0 }];
    expect(paperOf(row, answered([row]), mine).problem).toBeUndefined();
  });

  it("tell two groups of which one is enough apart", () => {
    const rows = ["x", "x", "y"].map((any_of, at) => material(String(at), "missing", { any_of }));
    const groups = rows.map((row) => paperOf(row, answered(rows), []).group);
    expect(groups).toEqual([text.materials.anyOf, text.materials.anyOf, `${text.materials.anyOf} 2`]);
  });
});
