/** The choices of a row, and the decisions of a bar. */

/** One of a few. */
export interface Choice<Value extends string = string> {
  value: Value;
  label: string;
  /** The digit that picks it; by default its place, from 1. */
  digit?: number;
  /** Why it cannot be picked now. */
  reason?: string | undefined;
}

/** Something that can be decided. */
export interface Decision<Id extends string = string> {
  id: Id;
  label: string;
  /** Why it is not possible. */
  reason?: string | undefined;
}
