/** Two states of one case side by side: what happened since, and what was typed here. */
import type { Ask, CaseView } from "../../../bindings";
import { isLines, type Answer } from "./answers";

/** What happened after the case was shown, as lines of the record. */
export function newsSince(shown: CaseView, fresh: CaseView): string[] {
  const line = ({ time, text, who, station }: CaseView["timeline"][number]) =>
    [time, text, who, station].filter(Boolean).join(" ");
  const known = new Set(shown.timeline.map(line));
  return fresh.timeline.map(line).filter((one) => !known.has(one));
}

/** An answer as it is read, in one line. */
export function written(ask: Ask, answer: Answer | undefined): string {
  if (answer === undefined || answer === "" || answer === false) return "—";
  if (answer === true) return "✓";
  if (typeof answer === "string") return ask.choices.find(({ value }) => value === answer)?.label ?? answer;
  if (isLines(answer))
    return answer.map(({ name, note }) => [name, note].filter(Boolean).join("：")).join("；") || "—";
  if (Array.isArray(answer)) return String(answer.length);
  return [answer.name, answer.address, answer.phone].filter(Boolean).join(" ") || "—";
}
