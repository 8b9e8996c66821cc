/** The small shapes that go with a word, and the tones of states. */

/** A small shape. */
export type ShapeName =
  "disc" | "quarter" | "triangle" | "bars" | "ring" | "clock" | "check" | "none" | "cross" | "circle";

/** What a state is like; the word says which one it is. */
export type Tone =
  "ok" | "soon" | "over" | "hold" | "info" | "waiting" | "done" | "missing" | "offline" | "plain";

/** The shape of each tone. */
export const shapeOf: Readonly<Record<Tone, ShapeName | undefined>> = {
  ok: "disc",
  soon: "quarter",
  over: "triangle",
  hold: "bars",
  info: "ring",
  waiting: "clock",
  done: "check",
  missing: "cross",
  offline: "none",
  plain: undefined,
};
