/**
 * What a step asks and what was answered: from the desk's questions to the fields of a form, and from the form to the
 * input of the call. It knows the kinds of questions, never the steps themselves and none of their rules.
 */
import type { Ask, Brought, GoTo, Listed, MaterialView, Owed, Problem as Wrong } from "../../../bindings";
import type { Problem } from "../../../kit/Form.svelte";

/** A line of a notice while it is written. */
export interface Line {
  key: string;
  /** The material's code; a line somebody added has none. */
  material?: string;
  name: string;
  problem: Wrong;
  note: string;
  /** It has been looked at: a notice goes out once, so every line must be. */
  isSeen: boolean;
}

/** An answer to one question. `brought` is the keys of what was ticked. */
export type Answer = string | boolean | string[] | Line[] | GoTo;

/** The answers by the name of their field. */
export type Answers = Record<string, Answer>;

/** The papers a step may ask about: those of a case, or those on the counter. */
export interface Papers {
  materials: readonly MaterialView[];
  listed: readonly Listed[];
  owed: readonly Owed[];
}

/** What can be ticked as brought: materials, and lines of the department that no material stands for. */
export interface Tickable {
  key: string;
  name: string;
  need: string;
  note: string;
}

const MATERIAL = "material:";
const OTHER = "other:";

/** What is still waited for; before anything was told or promised, all that is not here. */
export function tickable({ materials: all, listed: lines, owed }: Papers): Tickable[] {
  const asked = new Set([...lines, ...owed].map(({ material }) => material));
  // Where one of a group is enough, any of it will do, whichever the notice names.
  const groups = new Set(all.filter(({ code }) => asked.has(code)).map(({ any_of }) => any_of));
  const isWanted = ({ code, any_of }: MaterialView) =>
    asked.size === 0 || asked.has(code) || (any_of !== null && groups.has(any_of));
  const materials = all
    .filter((one) => one.state !== "here" && one.state !== "not_needed" && isWanted(one))
    .map(({ code, name, form, note }) => ({ key: MATERIAL + code, name, need: form, note }));
  const others = lines
    .filter(({ material }) => material === undefined)
    .map(({ name, note }) => ({ key: OTHER + name, name, need: "", note }));
  return [...materials, ...others];
}

/**
 * The lines a notice of ours begins with: everything that is not here, each still to be looked at. A group of which one
 * is enough is one line, or the applicant would be asked for all of them.
 */
export function firstLines(materials: readonly MaterialView[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { code, name, state, note, any_of, required } of materials) {
    if ((!required && any_of === null) || (state !== "missing" && state !== "problem")) continue;
    const group = any_of ?? code;
    const first = lines.get(group);
    if (first) first.name = `${first.name} / ${name}`;
    else {
      const problem = state === "problem" ? "incomplete" : "missing";
      const said = state === "problem" ? note : "";
      lines.set(group, { key: code, material: code, name, problem, note: said, isSeen: false });
    }
  }
  return [...lines.values()];
}

/** The answers a form opens with; `lines` is what a notice begins with. */
export function firstAnswers(asks: readonly Ask[], lines: Line[] = []): Answers {
  return Object.fromEntries(asks.map((ask) => [ask.field, firstAnswer(ask, lines)]));
}

function firstAnswer(ask: Ask, lines: Line[]): Answer {
  switch (ask.kind) {
    case "brought":
      return [];
    case "listed":
      return lines;
    case "go_to":
      return { name: "", address: "", phone: "" };
    case "tick":
      return ask.value === "true";
    case "text":
    case "remark":
    case "day":
    case "number":
    case "choice":
      return ask.value;
  }
}

/** The fields of the call's input; what may stay empty and is empty is left out. */
export function inputOf(asks: readonly Ask[], answers: Answers): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const { field, kind } of asks) {
    const answer = answers[field];
    if (kind === "brought" && isTexts(answer)) {
      input[field] = after(MATERIAL, answer).map((material): Brought => ({
        material,
        how: "paper",
        pages: 0,
      }));
      const others = after(OTHER, answer);
      if (others.length > 0) input["others"] = others;
    } else if (kind === "listed" && isLines(answer)) input[field] = answer.map(listed);
    else if (kind === "number" && typeof answer === "string") {
      if (answer.trim() !== "") input[field] = Number(answer.normalize("NFKC"));
    } else if (typeof answer === "string") {
      if (answer.trim() !== "") input[field] = answer.trim();
    } else input[field] = answer;
  }
  return input;
}

/** Every question that needs an answer and has none, all at once. */
export function unanswered(
  asks: readonly Ask[],
  answers: Answers,
  say: { field: (label: string) => string; ticks: string; lines: string; lookAll: string },
): Problem[] {
  return asks.flatMap(({ field, kind, label, required }): Problem[] => {
    const answer = answers[field];
    if (kind === "listed" && isLines(answer) && answer.some(({ isSeen }) => !isSeen)) {
      return [{ field, text: say.lookAll }];
    }
    if (!required || !isEmpty(answer)) return [];
    if (kind === "brought") return [{ field, text: say.ticks }];
    if (kind === "listed") return [{ field, text: say.lines }];
    return [{ field, text: say.field(label) }];
  });
}

function isEmpty(answer: Answer | undefined): boolean {
  if (answer === undefined) return true;
  if (typeof answer === "string") return answer.trim() === "";
  if (typeof answer === "boolean") return !answer;
  if (Array.isArray(answer)) return answer.length === 0;
  return answer.name.trim() === "";
}

function listed({ material, name, problem, note }: Line): Listed {
  return { ...(material === undefined ? {} : { material }), name: name.trim(), problem, note: note.trim() };
}

function after(prefix: string, keys: readonly string[]): string[] {
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}

function isTexts(answer: Answer | undefined): answer is string[] {
  return Array.isArray(answer) && answer.every((one) => typeof one === "string");
}

/** Whether an answer is the lines of a notice. */
export function isLines(answer: Answer | undefined): answer is Line[] {
  return Array.isArray(answer) && answer.every((one) => typeof one === "object");
}
