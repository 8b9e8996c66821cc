/** The lists of cases there are, in the order of the chips. */
import type { Input } from "../../../app/desk";

/** The name of a list, as the desk knows it. */
export type Filter = Input<"cases">["filter"];

/** The lists; the digit of a chip is its place. */
export const filters: readonly Filter[] = [
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
export function filterOf(name: string | undefined): Filter {
  return filters.find((filter) => filter === name) ?? "open";
}
