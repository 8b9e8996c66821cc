/** What is typed twice, because nobody sees it. */
import type { Problem } from "../../kit/problems";
import { text } from "./text";

/** The problem of two that differ. */
export function problemsOfTwice(first: string, again: string): Problem[] {
  return first === again ? [] : [{ field: "again", text: text.differs }];
}
