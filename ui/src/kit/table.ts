/** The columns of a table, and how it is sorted. */

/** A column of a table. */
export interface Column<Row> {
  id: string;
  label: string;
  /** What stands in it; a `cell` snippet may show more. */
  text: (row: Row) => string;
  /** As CSS grid says it: `8rem`, `1fr`, `minmax(10rem, 2fr)`. */
  width?: string;
  /** The word for sorting by it; without it the head is no button. */
  sort?: string;
  end?: boolean;
}

/** How a table is sorted. */
export interface Sorting {
  by: string;
  down: boolean;
}
