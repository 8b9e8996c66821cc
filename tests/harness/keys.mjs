// Keys as people write them ("Control+Enter", "Alt+N", "F2"), for the browser and for the real window.

/**
 * The pause after a key, in ms: a fast typist. Anything quicker than 30 ms is taken for a reader or scanner that types,
 * and rightly so.
 */
export const PACE = 40;

/** Keys that have names, as WebDriver says them. */
const NAMED = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  Space: " ",
  PageUp: "\uE00E",
  PageDown: "\uE00F",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Insert: "\uE016",
  Delete: "\uE017",
  ...Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`F${index + 1}`, String.fromCharCode(0xe031 + index)]),
  ),
};

/** The keys of a chord, in the order they go down. */
export function keysOf(chord) {
  return chord === "+" ? ["+"] : chord.split("+");
}

/** One key as WebDriver says it. A letter in a chord is the key, not the capital. */
export function webDriverKey(key) {
  const named = NAMED[key];
  if (named !== undefined) return named;
  if ([...key].length !== 1) throw new Error(`There is no key ${key}`);
  return key.toLowerCase();
}

/** A chord as a WebDriver action: down in order, up in reverse. */
export function webDriverChord(chord) {
  const keys = keysOf(chord).map(webDriverKey);
  return [
    ...keys.map((value) => ({ type: "keyDown", value })),
    ...keys.toReversed().map((value) => ({ type: "keyUp", value })),
  ];
}
