/** Words by value, as choices for chips. */
import type { Choice } from "../../../kit/ChoiceRow.svelte";

/** The choices of a table of words, in its order. */
export function choicesOf<Value extends string>(words: Readonly<Record<Value, string>>): Choice<Value>[] {
  return Object.entries<string>(words).map(([value, label]) => ({ value: value as Value, label }));
}
