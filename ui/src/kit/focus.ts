/**
 * Focus is never lost: after a navigation it goes to the screen's `data-autofocus`, Back returns it to where it was,
 * and when the element that has it goes away, it returns to the screen.
 *
 * Rows carry `data-focus-key`; areas for F6 carry `data-area`; what scrolls and shall be restored carries `data-scroll`.
 */

/** Where the focus and the scrolling stood when a screen was left. */
export interface Place {
  focusKey: string | undefined;
  scrolled: Record<string, number>;
}

const CAN_FOCUS =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** How long a screen waits for a row that is still being asked for, in milliseconds. Any key ends the wait at once. */
const PATIENCE_MS = 10_000;

/** Remembers where the focus stands. */
export function rememberPlace(): Place {
  const scrolled: Record<string, number> = {};
  for (const element of document.querySelectorAll<HTMLElement>("[data-scroll]")) {
    scrolled[element.dataset["scroll"] ?? ""] = element.scrollTop;
  }
  const keyed = document.activeElement?.closest<HTMLElement>("[data-focus-key]");
  return { focusKey: keyed?.dataset["focusKey"], scrolled };
}

/** Puts the focus where the screen wants it. */
export function focusScreen(): void {
  const wanted =
    wantedNow() ??
    document.querySelector<HTMLElement>("[data-autofocus]") ??
    document.querySelector("main") ??
    document.querySelector(CAN_FOCUS);
  wanted?.focus();
}

/** The same on arrival: a screen whose rows are still being asked for is waited for. */
export function focusArrival(): void {
  focusScreen();
  whenThere(wantedNow, (element) => element.focus());
}

/** Leads back to the field somebody typed in before the screen was locked; the search box has the focus until it is there. */
export function focusTyping(id: string | undefined): void {
  if (id !== undefined)
    whenThere(
      () => document.getElementById(id),
      (element) => element.focus(),
    );
}

/** Returns the focus and the scrolling to a remembered place, waiting for rows that are still on their way. */
export function restorePlace({ focusKey, scrolled }: Place): void {
  focusScreen();
  const row = () => {
    for (const [name, top] of Object.entries(scrolled)) {
      const element = document.querySelector<HTMLElement>(`[data-scroll="${CSS.escape(name)}"]`);
      if (element) element.scrollTop = top;
    }
    if (focusKey === undefined) return wantedNow();
    return document.querySelector<HTMLElement>(`[data-focus-key="${CSS.escape(focusKey)}"]`);
  };
  whenThere(row, (element) => element.focus({ preventScroll: true }));
}

function wantedNow(): HTMLElement | null {
  return (
    document.querySelector<HTMLElement>("dialog[open] [data-autofocus]") ??
    document.querySelector<HTMLElement>("main [data-autofocus]")
  );
}

/** The wait that is on, so that a new arrival ends it. */
let stopWaiting: () => void = () => undefined;

/** Acts on an element as soon as it is there; whoever moved on meanwhile is not called back. */
function whenThere(find: () => HTMLElement | null, act: (element: HTMLElement) => void): void {
  stopWaiting();
  const stood = document.activeElement;
  const look = () => {
    const element = find();
    if (!element) return;
    stopWaiting();
    if (document.activeElement === stood || document.activeElement === document.body) act(element);
  };
  const watch = new MutationObserver(look);
  const timer = setTimeout(() => stopWaiting(), PATIENCE_MS);
  const moved = () => stopWaiting();
  addEventListener("keydown", moved, true);
  addEventListener("pointerdown", moved, true);
  stopWaiting = () => {
    watch.disconnect();
    clearTimeout(timer);
    removeEventListener("keydown", moved, true);
    removeEventListener("pointerdown", moved, true);
    stopWaiting = () => undefined;
  };
  watch.observe(document.body, { childList: true, subtree: true });
  look();
}

/** Moves to the next area (`1`) or the previous one (`-1`), round and round. */
export function moveArea(step: 1 | -1): void {
  const areas = [...document.querySelectorAll<HTMLElement>("[data-area]")].filter(
    (area) => firstIn(area) !== undefined,
  );
  const at = areas.findIndex((area) => area.contains(document.activeElement));
  const next = areas[at < 0 ? 0 : (at + step + areas.length) % areas.length];
  if (next) firstIn(next)?.focus();
}

/** Whether the keyboard has something to stand on inside. */
export function canStandIn(element: HTMLElement): boolean {
  return element.querySelector(CAN_FOCUS) !== null;
}

function firstIn(area: HTMLElement): HTMLElement | undefined {
  if (area.closest("[inert]")) return undefined;
  return (
    area.querySelector<HTMLElement>("[data-area-start]") ??
    area.querySelector<HTMLElement>(CAN_FOCUS) ??
    undefined
  );
}

/** Moves to the next field of a form after Enter; `false` at the last one. */
export function focusNextField(form: HTMLElement, from: Element): boolean {
  const fields = [
    ...form.querySelectorAll<HTMLElement>("input, select, textarea, [role=radio][tabindex='0']"),
  ].filter((field) => !field.hasAttribute("disabled") && !field.hasAttribute("readonly"));
  const next = fields[fields.findIndex((field) => field === from) + 1];
  next?.focus();
  return next !== undefined;
}

/** Goes on at the other end of the page, or of the dialog that lies over it. */
function focusEnd(isBackwards: boolean): void {
  const scope = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
  const reached = [...scope.querySelectorAll<HTMLElement>(CAN_FOCUS)].filter(
    (element) => element.tabIndex >= 0 && element.getClientRects().length > 0,
  );
  reached.at(isBackwards ? -1 : 0)?.focus();
}

/**
 * Watches that the focus is not lost when the element that has it goes away, and that Tab goes round: what stands
 * before the middle of a page must be reached, too.
 */
export function keepFocus(): () => void {
  /** The Tab that is down. */
  let tab: { isBackwards: boolean } | undefined;
  const look = (by?: typeof tab) => {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    if (by) focusEnd(by.isBackwards);
    else focusScreen();
  };
  const pressed = (event: KeyboardEvent) => {
    tab = event.type === "keydown" && event.code === "Tab" ? { isBackwards: event.shiftKey } : undefined;
  };
  const watch = new MutationObserver(() => look());
  watch.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled", "inert"],
  });
  const left = () => {
    const by = tab;
    requestAnimationFrame(() => look(by));
  };
  addEventListener("focusout", left);
  addEventListener("keydown", pressed, true);
  addEventListener("keyup", pressed, true);
  return () => {
    watch.disconnect();
    removeEventListener("keydown", pressed, true);
    removeEventListener("keyup", pressed, true);
    removeEventListener("focusout", left);
  };
}
