/** The notice while it is written: every paper is gone through, because the law allows one notice only. */
import type { CounterView, Listed, MaterialView, Problem } from "../../../bindings";
import type { Form } from "../accept/form";
import { text } from "../text";

/** A row of the list that is gone through. */
export interface Row {
  key: string;
  name: string;
  need: string;
  /** What is wrong; undefined when nothing is. */
  problem: Problem | undefined;
  note: string;
  /** Another one of its group stands on the notice for all of them. */
  isAlternative: boolean;
  isLooked: boolean;
  /** Written by hand: in no checklist. */
  isAdded: boolean;
}

/** The digits of the problems, in the order of the screen. */
export const PROBLEMS: readonly Problem[] = [
  "missing",
  "expired",
  "incomplete",
  "illegible",
  "inconsistent",
  "wrong_form",
];

/** The rows: the checklist as it stands, then what was added by hand. */
export function rowsOf(materials: readonly MaterialView[], listed: readonly Listed[], form: Form): Row[] {
  const isListed = (code: string) => listed.some(({ material }) => material === code);
  const asked = materials.map((material): Row => ({
    key: material.code,
    name: material.name,
    need: [material.form, material.any_of === null ? "" : text.materials.anyOf].filter(Boolean).join(" · "),
    problem: problemOf(material, form),
    isAlternative: material.any_of !== null && !isListed(material.code),
    note: form.notes[material.code] ?? "",
    isLooked: form.looked.includes(material.code),
    isAdded: false,
  }));
  const added = form.added.map(({ name, problem, note }, at): Row => ({
    key: `added-${at}`,
    name,
    need: "",
    problem,
    note,
    isAlternative: false,
    isLooked: true,
    isAdded: true,
  }));
  return [...asked, ...added];
}

function problemOf(material: MaterialView, form: Form): Problem | undefined {
  const marked = form.problems.find((one) => one.material === material.code)?.problem;
  if (marked) return marked;
  if (form.brought.some((one) => one.material === material.code)) return undefined;
  return material.state === "missing" && material.required ? "missing" : undefined;
}

/** How many rows were looked at, and how many there are. */
export function looked(rows: readonly Row[]): { seen: number; all: number } {
  return { seen: rows.filter(({ isLooked }) => isLooked).length, all: rows.length };
}

/** The lines of the notice: the desk's, with what the clerk wrote, and the clerk's own. */
export function listedOf(view: CounterView, form: Form): Listed[] {
  const desks = view.listed.map((line) => {
    const note = line.material === undefined ? undefined : form.notes[line.material];
    return note === undefined || note === "" ? line : { ...line, note };
  });
  return [...desks, ...form.added];
}

/** The form after a row was looked at. */
export function withLooked(form: Form, key: string): Form {
  return form.looked.includes(key) ? form : { ...form, looked: [...form.looked, key] };
}

/** The form with a row's note. */
export function withNote(form: Form, row: Row, note: string): Form {
  if (!row.isAdded) return { ...form, notes: { ...form.notes, [row.key]: note } };
  return {
    ...form,
    added: form.added.map((line, at) => (`added-${at}` === row.key ? { ...line, note } : line)),
  };
}

/** The form without a line that was added by hand. */
export function withoutAdded(form: Form, key: string): Form {
  return { ...form, added: form.added.filter((_, at) => `added-${at}` !== key) };
}
