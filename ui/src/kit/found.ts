/** What the search box shows. */

/** What can be found. */
export type FoundKind = "resident" | "household" | "item" | "banned" | "case";

/** Something that was found. */
export interface Found {
  kind: FoundKind;
  id: string;
  title: string;
  detail: string;
  /** What it was found by, where the title does not show it. */
  why?: string;
}

/** What the search gives. */
export interface FoundAll {
  hits: readonly Found[];
  total: number;
}
