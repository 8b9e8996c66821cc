import { afterEach, beforeEach, expect, test } from "vitest";
import { keepFocus } from "./focus";

let stop: () => void;

beforeEach(() => {
  document.body.innerHTML =
    '<header><input id="first"></header><main tabindex="-1"><button id="middle" data-autofocus></button></main>' +
    '<footer><button id="last"></button></footer>';
  stop = keepFocus();
});

afterEach(() => stop());

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** The focus leaves the page, as it does after its last or before its first element. */
async function leave(from: string, by?: KeyboardEventInit) {
  const element = document.getElementById(from);
  element?.focus();
  if (by) element?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, ...by }));
  element?.blur();
  await frame();
  await frame();
  return document.activeElement?.id;
}

test("Tab after the last element goes on at the first, and back", async () => {
  expect(await leave("last", { code: "Tab" })).toBe("first");
  expect(await leave("first", { code: "Tab", shiftKey: true })).toBe("last");
});

test("a focus that is lost otherwise returns to what the screen is about", async () => {
  expect(await leave("last")).toBe("middle");
  expect(await leave("last", { code: "Enter" })).toBe("middle");
});
