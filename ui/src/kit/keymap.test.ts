import { describe, expect, it } from "vitest";
import {
  bindingOf,
  digitOf,
  isTextField,
  keyLabel,
  keymap,
  reservedReason,
  strokeOf,
  type Binding,
} from "./keymap";

const bindings: readonly Binding[] = keymap;

describe("the table of keys", () => {
  it("gives no key two meanings", () => {
    const seen = new Map<string, string>();
    for (const { id, keys } of bindings) {
      for (const key of keys) {
        expect(seen.get(key), `${key} means ${id}`).toBeUndefined();
        seen.set(key, id);
      }
    }
  });

  it("gives no meaning two entries", () => {
    expect(new Set(bindings.map(({ id }) => id)).size).toBe(bindings.length);
  });

  it("binds no key of input methods or of the desktop", () => {
    for (const { id, keys } of bindings) {
      for (const stroke of keys.flatMap((key) => key.split(" "))) {
        expect(reservedReason(stroke), `${id}: ${stroke}`).toBeUndefined();
      }
    }
  });

  it("starts no sequence with a key that already means something", () => {
    const alone = new Set(bindings.flatMap(({ keys }) => keys.filter((key) => !key.includes(" "))));
    for (const { keys } of bindings) {
      for (const key of keys.filter((one) => one.includes(" "))) {
        expect(alone.has(key.split(" ")[0] ?? ""), key).toBe(false);
      }
    }
  });

  it("lets bare keys act in lists only", () => {
    for (const { id, keys, when } of bindings) {
      for (const key of keys.filter((one) => !/^(F\d+|Escape)$/.test(one) && !one.includes("+"))) {
        expect(when, `${id}: ${key}`).toBe("list");
      }
    }
  });

  it("names every key in both languages", () => {
    for (const { zh, en } of bindings) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\p{Script=Han}/u);
    }
  });
});

describe("reserved keys", () => {
  it.each([
    "Ctrl+Space",
    "ShiftLeft",
    "Shift+Space",
    "Ctrl+Shift+KeyK",
    "Ctrl+Period",
    "Ctrl+Comma",
    "Ctrl+Semicolon",
    "Ctrl+Backquote",
    "F4",
    "Ctrl+Digit1",
    "Ctrl+Alt+KeyZ",
    "F3",
    "F5",
    "F7",
    "F10",
    "F12",
    "Alt+KeyA",
    "Alt+F4",
    "Alt+Space",
    "Meta+KeyL",
  ])("%s may not be bound", (stroke) => {
    expect(reservedReason(stroke)).toBeDefined();
  });
});

describe("a pressed key", () => {
  it("is known by its place on the keyboard, whatever the input method writes", () => {
    expect(strokeOf(new KeyboardEvent("keydown", { code: "KeyK", key: "ｋ", ctrlKey: true }))).toBe(
      "Ctrl+KeyK",
    );
  });

  it("is the same digit on the main block and on the number pad", () => {
    expect(digitOf(new KeyboardEvent("keydown", { code: "Digit2" }))).toBe(2);
    expect(digitOf(new KeyboardEvent("keydown", { code: "Numpad2" }))).toBe(2);
    expect(digitOf(new KeyboardEvent("keydown", { code: "Digit2", altKey: true }))).toBeUndefined();
  });

  it("means the page's action with either Enter key", () => {
    const pad = strokeOf(new KeyboardEvent("keydown", { code: "NumpadEnter", ctrlKey: true }));
    expect(bindingOf("primary").keys).toContain(pad);
  });

  it("is labelled as people say it, and by the other key where a browser keeps the first", () => {
    expect(keyLabel("palette")).toBe("Ctrl+K");
    expect(keyLabel("newCase")).toBe("Ctrl+N");
    expect(keyLabel("newCase", true)).toBe("Alt+N 1");
    expect(keyLabel("back")).toBe("Alt+←");
  });
});

describe("a text field", () => {
  it("is where letters are typed, not where something is ticked", () => {
    const box = document.createElement("input");
    expect(isTextField(box)).toBe(true);
    box.type = "checkbox";
    expect(isTextField(box)).toBe(false);
    expect(isTextField(document.body)).toBe(false);
  });
});
