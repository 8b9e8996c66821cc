/** A person who is given a password at set-up. */
import { problemsOfTwice } from "../app/password/twice";
import type { Problem } from "../kit/problems";
import { text } from "./text";

/** What a person typed. */
export interface Newcomer {
  name: string;
  password: string;
  again: string;
}

/** Nothing typed yet. */
export function nobody(): Newcomer {
  return { name: "", password: "", again: "" };
}

/** What is wrong before the desk is asked. */
export function problemsIn(newcomer: Newcomer, taken: readonly string[]): Problem[] {
  const found: Problem[] = [];
  const name = newcomer.name.trim();
  if (name === "") found.push({ field: "name", text: text.setUp.nameMissing });
  else if (taken.includes(name)) found.push({ field: "name", text: text.setUp.nameTaken });
  return [...found, ...problemsOfTwice(newcomer.password, newcomer.again)];
}
