import { describe, expect, it } from "vitest";
import type { CounterView, MaterialView } from "../../../bindings";
import { emptyForm, withBrought, withProblem } from "../accept/form";
import { listedOf, looked, rowsOf, withLooked, withNote, withoutAdded } from "./lines";

const material = (code: string, state: MaterialView["state"]): MaterialView => ({
  code,
  name: `材料${code}`,
  form: "原件 1",
  handling: "",
  required: true,
  deferrable: true,
  e_cert: false,
  any_of: null,
  state,
  note: "",
});
const materials = [material("A", "missing"), material("B", "here"), material("C", "problem")];
const added = { name: "租房备案", problem: "missing", note: "" } as const;

describe("the supplement notice while it is written", () => {
  it("goes through every paper, also those that are here", () => {
    const form = withProblem(withBrought(emptyForm(), "B", "paper"), "C", "材料C", "expired");
    expect(rowsOf(materials, [], form).map(({ key, problem }) => [key, problem])).toEqual([
      ["A", "missing"],
      ["B", undefined],
      ["C", "expired"],
    ]);
  });

  it("has been gone through only when each row was looked at", () => {
    let form = withLooked(withLooked(emptyForm(), "A"), "B");
    expect(looked(rowsOf(materials, [], form))).toEqual({ seen: 2, all: 3 });
    form = withLooked(form, "C");
    expect(looked(rowsOf(materials, [], form))).toEqual({ seen: 3, all: 3 });
  });

  it("lists what the desk lists, with the clerk's words, and the clerk's own lines after it", () => {
    const rows = rowsOf(materials, [], emptyForm());
    const first = rows[0];
    if (!first) throw new Error("no rows");
    const form = { ...withNote(emptyForm(), first, "本窗口领表"), added: [added] };
    const view = {
      listed: [{ material: "A", name: "材料A", problem: "missing", note: "" }],
    } as unknown as CounterView;
    expect(listedOf(view, form)).toEqual([
      { material: "A", name: "材料A", problem: "missing", note: "本窗口领表" },
      added,
    ]);
  });

  it("lets a line that was added be changed and removed again", () => {
    const form = { ...emptyForm(), added: [added, { ...added, name: "照片" }] };
    const row = rowsOf([], [], form)[1];
    if (!row) throw new Error("no rows");
    expect(withNote(form, row, "两张").added[1]).toEqual({ ...added, name: "照片", note: "两张" });
    expect(withoutAdded(form, row.key).added).toEqual([added]);
  });

  it("writes about a group of which one is enough once, and shows the others as ways to meet it", () => {
    const group = ["A", "B"].map((code) => ({ ...material(code, "missing"), any_of: "stay" }));
    const listed = [{ material: "A", name: "A、B(任一即可)", problem: "missing", note: "" } as const];
    const alternatives = rowsOf(group, listed, emptyForm()).map(({ isAlternative }) => isAlternative);
    expect(alternatives).toEqual([false, true]);
  });
});
