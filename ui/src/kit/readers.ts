/**
 * Readers and scanners that type: ID card readers, QR and bar code scanners.
 *
 * They are keyboards that type very fast and end with Enter. A burst is told from a person by its gaps (≤ 30 ms) and its
 * length, and read by `event.code` before the input method sees it, so that it works with pinyin on. What a burst means
 * is decided by who listens; a burst nobody wants is left alone, as if typed.
 */

import { isTextField } from "./keymap";

/** The longest gap between two keys of a reader, in milliseconds. */
export const LONGEST_GAP_MS = 30;

/** The shortest burst that is read. Shorter ones may be a fast person. */
export const SHORTEST_BURST = 10;

/** Takes a scanned text; `true` when it was meant for this listener. */
export type ScanListener = (text: string) => boolean;

/** Collects the keys of one burst. */
export class Burst {
  #text = "";
  #last_ms = Number.NEGATIVE_INFINITY;

  /** Adds a key and returns how many the burst has now. A late key starts a new burst. */
  add(character: string, at_ms: number): number {
    if (at_ms - this.#last_ms > LONGEST_GAP_MS) this.#text = "";
    this.#text += character;
    this.#last_ms = at_ms;
    return this.#text.length;
  }

  /** Ends the burst at Enter: the text, if it was a reader's. */
  end(at_ms: number): string | undefined {
    const text = at_ms - this.#last_ms > LONGEST_GAP_MS ? "" : this.#text;
    this.clear();
    return text.length >= SHORTEST_BURST ? text : undefined;
  }

  /** Forgets what was collected. */
  clear(): void {
    this.#text = "";
    this.#last_ms = Number.NEGATIVE_INFINITY;
  }
}

/** The character of a key by its place, as readers type on a US layout; undefined for keys that write nothing. */
export function characterOf(event: Pick<KeyboardEvent, "code" | "shiftKey">): string | undefined {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  if (letter) return event.shiftKey ? letter : letter.toLowerCase();
  const digit = /^(Digit|Numpad)([0-9])$/.exec(event.code);
  if (digit) return event.shiftKey && digit[1] === "Digit" ? shiftedDigits[Number(digit[2])] : digit[2];
  return marks[event.code]?.[event.shiftKey ? 1 : 0];
}

const shiftedDigits = ")!@#$%^&*(";
const marks: Record<string, string> = {
  Minus: "-_",
  NumpadSubtract: "--",
  Slash: "/?",
  NumpadDivide: "//",
  Period: ".>",
  NumpadDecimal: "..",
  Semicolon: ";:",
  Equal: "=+",
  NumpadAdd: "++",
  NumpadMultiply: "**",
  Space: "  ",
};

/** The field a burst ran into, as it was before. */
interface Before {
  field: HTMLInputElement | HTMLTextAreaElement;
  value: string;
}

const listeners: ScanListener[] = [];

/** Listens to scans; the latest listener is asked first. Returns the way to stop. */
export function onScan(listener: ScanListener): () => void {
  listeners.push(listener);
  return () => {
    const at = listeners.lastIndexOf(listener);
    if (at >= 0) listeners.splice(at, 1);
  };
}

function latestFirst(): ScanListener[] {
  return [...listeners].reverse();
}

/** Watches for bursts on the whole screen. Install it before the guard for input methods. */
export function watchReaders(target: Window = window): () => void {
  const burst = new Burst();
  const held = new HeldKeys();
  let before: Before | undefined;

  const keydown = (event: KeyboardEvent) => {
    if (held.isReplaying) return;
    // What goes into a password is nobody else's business.
    const isSecret = event.target instanceof HTMLInputElement && event.target.type === "password";
    if (isSecret || event.ctrlKey || event.altKey || event.metaKey) {
      burst.clear();
      held.release();
      return;
    }
    if (event.code === "Enter" || event.code === "NumpadEnter") {
      const text = burst.end(event.timeStamp);
      if (text !== undefined && latestFirst().some((listener) => listener(text))) {
        silence(event);
        held.drop();
        if (before) restore(before);
      } else {
        held.release();
      }
      return;
    }
    const character = characterOf(event);
    if (character === undefined) {
      if (!event.code.startsWith("Shift")) held.release();
      return;
    }
    const isFirst = burst.add(character, event.timeStamp) === 1;
    if (isFirst) before = fieldOf(event.target);
    const takesBareKeys = !isTextField(event.target) && event.code !== "Space";
    if (takesBareKeys && !event.repeat) {
      silence(event);
      held.hold(event, character);
    }
  };

  target.addEventListener("keydown", keydown, true);
  return () => {
    target.removeEventListener("keydown", keydown, true);
    held.drop();
  };
}

function silence(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * Bare keys outside text fields, kept back for one gap: a digit picks a choice there, and the first digits of a card
 * must not. A person's key is let go as soon as it is clear that no burst follows.
 */
class HeldKeys {
  isReplaying = false;
  #keys: { event: KeyboardEvent; character: string }[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  hold(event: KeyboardEvent, character: string): void {
    this.#keys.push({ event, character });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.release();
    }, LONGEST_GAP_MS);
  }

  /** Lets the keys go to whatever has the focus by now, in order. */
  release(): void {
    const keys = this.#keys;
    this.drop();
    this.isReplaying = true;
    for (const { event, character } of keys) {
      const target = document.activeElement ?? document.body;
      if (isTextField(target) && target !== event.target) type(target, character);
      else target.dispatchEvent(copyOf(event));
    }
    this.isReplaying = false;
  }

  drop(): void {
    clearTimeout(this.#timer);
    this.#keys = [];
  }
}

function copyOf(event: KeyboardEvent): KeyboardEvent {
  const { key, code, shiftKey, location } = event;
  return new KeyboardEvent("keydown", {
    key,
    code,
    shiftKey,
    location,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
}

function type(target: Element, character: string): void {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    target.value += character;
    target.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function fieldOf(target: EventTarget | null): Before | undefined {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    return { field: target, value: target.value };
  }
  return undefined;
}

/** Takes the scanned letters out of the field again, also out of a composition that is still open. */
function restore({ field, value }: Before): void {
  const put = () => {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  put();
  field.addEventListener("compositionend", put, { once: true });
  setTimeout(() => {
    field.removeEventListener("compositionend", put);
  }, 100);
}
