/** What is wrong in a form, and how its fields learn of it. */
import { getContext, setContext } from "svelte";
import type { Refusal } from "../app/desk";

const PROBLEMS = Symbol("problems of the form");

/** What is wrong in a form, by the name of the field. */
export type Problems = () => Readonly<Record<string, string>>;

/** Tells the fields of a form what is wrong in them. */
export function tellProblems(problems: Problems): void {
  setContext(PROBLEMS, problems);
}

/** What the form of this field tells. */
export function toldProblems(): Problems {
  return getContext<Problems | undefined>(PROBLEMS) ?? (() => ({}));
}

/** The id of the element that takes what is typed. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

/** What an input is told about itself. */
export interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

/** Something wrong in a field. */
export interface Problem {
  /** The name of the field; without it the problem is the form's. */
  field?: string | undefined;
  text: string;
}

/** The problems a refusal tells of. */
export function problemsOf(refusal: Refusal | undefined): Problem[] {
  if (!refusal) return [];
  return [
    { field: refusal.field ?? undefined, text: [refusal.text, refusal.next].filter(Boolean).join(" ") },
  ];
}
