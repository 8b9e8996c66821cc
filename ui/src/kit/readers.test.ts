import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Burst, characterOf, LONGEST_GAP_MS, onScan, SHORTEST_BURST, watchReaders } from "./readers";

const ID = "320583198103079911";

/** The key of a digit or letter. */
const codeOf = (character: string) =>
  /\d/.test(character) ? `Digit${character}` : `Key${character.toUpperCase()}`;

function press(target: Element, code: string, at_ms: number, init: KeyboardEventInit = {}) {
  const event = new KeyboardEvent("keydown", { code, bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, "timeStamp", { value: at_ms });
  target.dispatchEvent(event);
  return event;
}

/** Types as a reader does: into the field, very fast, with Enter at the end. */
function scan(target: Element, text: string, gap_ms = 5, start_ms = 1000) {
  let at_ms = start_ms;
  for (const character of text) {
    const { defaultPrevented } = press(target, codeOf(character), (at_ms += gap_ms));
    if (target instanceof HTMLInputElement && !defaultPrevented) target.value += character;
  }
  return press(target, "Enter", at_ms + gap_ms);
}

describe("a burst", () => {
  it("is a text that came with short gaps and is long enough", () => {
    const burst = new Burst();
    Array.from(ID).forEach((character, at) => burst.add(character, at * LONGEST_GAP_MS));
    expect(burst.end(ID.length * LONGEST_GAP_MS)).toBe(ID);
  });

  it("is broken by one longer gap", () => {
    const burst = new Burst();
    Array.from(ID).forEach((character, at) => burst.add(character, at * 5 + (at > 9 ? LONGEST_GAP_MS : 0)));
    expect(burst.end(ID.length * 5 + LONGEST_GAP_MS)).toBeUndefined();
  });

  it("is not what a fast person types", () => {
    const burst = new Burst();
    Array.from("a".repeat(SHORTEST_BURST - 1)).forEach((character, at) => burst.add(character, at * 5));
    expect(burst.end(SHORTEST_BURST * 5)).toBeUndefined();
  });
});

describe("a key of a reader", () => {
  it("is read by its place: the number pad is the same as the main keys", () => {
    expect(characterOf({ code: "Numpad7", shiftKey: false })).toBe("7");
    expect(characterOf({ code: "Digit7", shiftKey: false })).toBe("7");
    expect(characterOf({ code: "KeyX", shiftKey: true })).toBe("X");
    expect(characterOf({ code: "KeyX", shiftKey: false })).toBe("x");
    expect(characterOf({ code: "ArrowUp", shiftKey: false })).toBeUndefined();
  });
});

describe("a scan", () => {
  let stop: () => void;
  let listener: ReturnType<typeof vi.fn<(text: string) => boolean>>;
  let stopListening: () => void;
  beforeEach(() => {
    vi.useFakeTimers();
    document.body.replaceChildren();
    stop = watchReaders();
    listener = vi.fn((text: string) => text === ID);
    stopListening = onScan(listener);
  });
  afterEach(() => {
    stop();
    stopListening();
    vi.useRealTimers();
  });

  const field = (type = "text") => {
    const input = document.body.appendChild(document.createElement("input"));
    input.type = type;
    input.focus();
    return input;
  };

  it("is told once, and leaves the field it ran into as it was", () => {
    const input = field();
    input.value = "王";
    const enter = scan(input, ID);
    expect(listener.mock.calls).toEqual([[ID]]);
    expect(input.value).toBe("王");
    expect(enter.defaultPrevented).toBe(true);
  });

  it("is heard although an input method takes every key", () => {
    const input = field();
    let at_ms = 1000;
    for (const character of ID)
      press(input, codeOf(character), (at_ms += 5), { isComposing: true, key: "Process" });
    press(input, "Enter", at_ms + 5, { isComposing: true });
    expect(listener).toHaveBeenCalledWith(ID);
  });

  it("that nobody wants is left as if typed", () => {
    const input = field();
    const enter = scan(input, "999999999999");
    expect(listener).toHaveBeenCalledOnce();
    expect(input.value).toBe("999999999999");
    expect(enter.defaultPrevented).toBe(false);
  });

  it("never looks into a password", () => {
    const input = field("password");
    scan(input, ID);
    expect(listener).not.toHaveBeenCalled();
    expect(input.value).toBe(ID);
  });

  it("picks nothing in a list on its way", () => {
    const list = document.body.appendChild(document.createElement("div"));
    list.tabIndex = 0;
    list.focus();
    const heard = vi.fn();
    list.addEventListener("keydown", heard);
    scan(list, ID);
    vi.runAllTimers();
    expect(heard).not.toHaveBeenCalled();
    expect(listener).toHaveBeenCalledWith(ID);
  });

  it("lets a person's digit reach the list, after a moment", () => {
    const list = document.body.appendChild(document.createElement("div"));
    list.tabIndex = 0;
    list.focus();
    const heard = vi.fn<(event: KeyboardEvent) => void>();
    list.addEventListener("keydown", heard);
    press(list, "Digit2", 1000);
    vi.advanceTimersByTime(LONGEST_GAP_MS);
    expect(heard.mock.calls.map(([event]) => event.code)).toEqual(["Digit2"]);
  });

  it("gives digits typed ahead to the field that a first digit opened", () => {
    const list = document.body.appendChild(document.createElement("div"));
    list.tabIndex = 0;
    list.focus();
    const input = document.body.appendChild(document.createElement("input"));
    list.addEventListener("keydown", () => input.focus());
    for (const [at, digit] of Array.from("29911").entries()) press(list, `Digit${digit}`, 1000 + at * 5);
    vi.advanceTimersByTime(LONGEST_GAP_MS);
    expect(input.value).toBe("9911");
  });
});
