/** What a timeline shows. */

/** Something that happened. */
export interface Happening {
  id: string;
  /** "11-24 10:42" */
  at: string;
  title: string;
  /** Who and where: "王丽 · 1号台". */
  who?: string | undefined;
  note?: string | undefined;
  /** Taken back or replaced: struck through, still there. */
  void?: boolean;
}
