import { afterEach, describe, expect, it, vi } from "vitest";
import { guardInputMethod, whenSettled } from "./ime";

const composed = (init: KeyboardEventInit & { keyCode?: number }) =>
  new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init });

describe("the guard for input methods", () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  function listen() {
    stops.push(guardInputMethod());
    const heard = vi.fn();
    addEventListener("keydown", heard);
    stops.push(() => removeEventListener("keydown", heard));
    return heard;
  }

  it("keeps a key of a composition from every listener, but leaves it to the input method", () => {
    const heard = listen();
    const key = composed({ code: "Enter", isComposing: true });
    document.body.dispatchEvent(key);
    expect(heard).not.toHaveBeenCalled();
    expect(key.defaultPrevented).toBe(false);
  });

  it("knows the first key of a composition, which says only 229", () => {
    const heard = listen();
    const key = composed({ code: "KeyZ" });
    Object.defineProperty(key, "keyCode", { value: 229 });
    document.body.dispatchEvent(key);
    expect(heard).not.toHaveBeenCalled();
  });

  it("lets plain keys through", () => {
    const heard = listen();
    document.body.dispatchEvent(composed({ code: "F2" }));
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe("a field whose text is settled", () => {
  function field() {
    const settled = vi.fn();
    const input = document.body.appendChild(document.createElement("input"));
    const { oninput, oncompositionend } = whenSettled(settled);
    input.addEventListener("input", oninput);
    input.addEventListener("compositionend", oncompositionend);
    return { settled, input };
  }

  it("says nothing of the letters of a composition, and the text at its end", () => {
    const { settled, input } = field();
    input.value = "z s";
    input.dispatchEvent(new InputEvent("input", { isComposing: true }));
    expect(settled).not.toHaveBeenCalled();
    input.value = "张三";
    input.dispatchEvent(new InputEvent("input", { isComposing: true }));
    input.dispatchEvent(new CompositionEvent("compositionend"));
    expect(settled.mock.calls).toEqual([["张三"]]);
  });

  it("says each change without an input method", () => {
    const { settled, input } = field();
    input.value = "12-3";
    input.dispatchEvent(new InputEvent("input"));
    expect(settled.mock.calls).toEqual([["12-3"]]);
  });
});
