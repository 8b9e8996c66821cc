/**
 * The guard for input methods: while a person composes Chinese, no key of ours may act.
 *
 * Not a shortcut matcher; it only silences. Measured with WebKitGTK 2.50 and Chromium 156 under fcitx5: every key
 * given to the input method is 229, the first one still says `isComposing = false`, `input` fires during composition,
 * and the last `input` comes before `compositionend`.
 */

/** Whether the input method has this key, so that we must not act on it. */
export function isForInputMethod(event: KeyboardEvent): boolean {
  // `keyCode` is deprecated, and the only thing that tells the truth about the first key of a composition.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return event.isComposing || event.keyCode === 229;
}

/** Installs the guard, once, before every other listener. Nothing is prevented: the input method needs the key. */
export function guardInputMethod(target: Window = window): () => void {
  const guard = (event: KeyboardEvent) => {
    if (isForInputMethod(event)) event.stopImmediatePropagation();
  };
  target.addEventListener("keydown", guard, true);
  return () => {
    target.removeEventListener("keydown", guard, true);
  };
}

/** What a field tells when its text is settled: never in the middle of a composition. */
export interface SettledHandlers {
  oninput: (event: Event) => void;
  oncompositionend: (event: Event) => void;
}

/** Handlers for an input that call `settled` with the text after each change, but not while composing. */
export function whenSettled(settled: (text: string) => void): SettledHandlers {
  const tell = (event: Event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) {
      settled(event.target.value);
    }
  };
  return {
    oninput: (event) => {
      if (event instanceof InputEvent && event.isComposing) return;
      tell(event);
    },
    oncompositionend: tell,
  };
}
