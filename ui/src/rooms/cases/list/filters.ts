/** The lists of cases there are, in the order of the chips. */
import type { CaseFilter } from "../../../bindings";

/** The lists; the digit of a chip is its place. */
export const filters: readonly CaseFilter[] = [
  "open",
  "due",
  "overdue",
  "supplement",
  "to_forward",
  "to_enter",
  "to_pick_up",
  "to_print",
  "all",
];

/** The list an address names; the open cases when it names none. */
export function filterOf(name: string | undefined): CaseFilter {
  return filters.find((filter) => filter === name) ?? "open";
}
