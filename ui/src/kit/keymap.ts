/**
 * The one table of keys. Matched on `event.code`, so that Chinese or full-width state does not matter.
 *
 * It says which key means what; who acts on it stands in `commands.svelte.ts`, and what a list does with its arrows in
 * the list. Keys of input methods and of the desktop are never bound (`reservedReason`, checked by a test).
 */

/** Where a key acts: everywhere, not in a field that is being edited, or only in a list that has the focus. */
export type Where = "everywhere" | "outsideEdited" | "list";

/** One meaning with its keys. `keys` are alternatives; a space separates the strokes of a sequence. */
export interface Binding {
  readonly id: string;
  readonly keys: readonly string[];
  readonly zh: string;
  readonly en: string;
  readonly when: Where;
  /** Browsers keep this first key for themselves; there the second one is shown. */
  readonly keptByBrowsers?: true;
}

export const keymap = [
  { id: "keys", keys: ["F1"], zh: "全部按键", en: "All keys", when: "everywhere" },
  { id: "search", keys: ["F2"], zh: "搜索", en: "Search", when: "everywhere" },
  { id: "nextArea", keys: ["F6"], zh: "换区", en: "Next area", when: "everywhere" },
  { id: "previousArea", keys: ["Shift+F6"], zh: "上一区", en: "Previous area", when: "everywhere" },
  { id: "publicCard", keys: ["F8"], zh: "居民屏", en: "Resident screen", when: "everywhere" },
  { id: "shade", keys: ["F9"], zh: "遮屏", en: "Shade", when: "everywhere" },
  { id: "close", keys: ["Escape"], zh: "关一层", en: "Close one layer", when: "everywhere" },
  { id: "primary", keys: ["Ctrl+Enter"], zh: "本页主操作", en: "Main action", when: "everywhere" },
  {
    id: "newCase",
    keys: ["Ctrl+KeyN", "Alt+KeyN Digit1"],
    zh: "新收件",
    en: "New case",
    when: "everywhere",
    keptByBrowsers: true,
  },
  { id: "newVisit", keys: ["Alt+KeyN Digit2"], zh: "记走访", en: "New visit", when: "everywhere" },
  { id: "newHazard", keys: ["Alt+KeyN Digit3"], zh: "新隐患", en: "New hazard", when: "everywhere" },
  { id: "newEnquiry", keys: ["Alt+KeyN Digit4"], zh: "记咨询", en: "New enquiry", when: "everywhere" },
  { id: "newResident", keys: ["Alt+KeyN Digit5"], zh: "新居民", en: "New resident", when: "everywhere" },
  { id: "details", keys: ["Alt+Enter"], zh: "选中行详情", en: "Details of the row", when: "everywhere" },
  { id: "palette", keys: ["Ctrl+KeyK"], zh: "命令", en: "Commands", when: "everywhere" },
  { id: "filter", keys: ["Ctrl+KeyF"], zh: "筛选本列表", en: "Filter this list", when: "everywhere" },
  { id: "print", keys: ["Ctrl+KeyP"], zh: "预览打印", en: "Preview and print", when: "everywhere" },
  { id: "duty", keys: ["Ctrl+KeyD"], zh: "在岗与交接", en: "Duty and handover", when: "everywhere" },
  { id: "lock", keys: ["Ctrl+KeyL"], zh: "锁屏", en: "Lock", when: "everywhere" },
  { id: "undo", keys: ["Ctrl+KeyZ"], zh: "撤销", en: "Undo", when: "outsideEdited" },
  { id: "saved", keys: ["Ctrl+KeyS"], zh: "问存了没有", en: "Ask whether it is saved", when: "everywhere" },
  { id: "back", keys: ["Alt+ArrowLeft"], zh: "返回", en: "Back", when: "everywhere" },
  { id: "forward", keys: ["Alt+ArrowRight"], zh: "前进", en: "Forward", when: "everywhere" },
  {
    id: "textLarger",
    keys: ["Ctrl+Equal", "Ctrl+NumpadAdd"],
    zh: "字大",
    en: "Larger text",
    when: "everywhere",
  },
  {
    id: "textSmaller",
    keys: ["Ctrl+Minus", "Ctrl+NumpadSubtract"],
    zh: "字小",
    en: "Smaller text",
    when: "everywhere",
  },
  {
    id: "textNormal",
    keys: ["Ctrl+Digit0", "Ctrl+Numpad0"],
    zh: "字 100%",
    en: "Text 100 %",
    when: "everywhere",
  },
  { id: "room1", keys: ["Alt+Digit1", "Alt+Numpad1"], zh: "窗口", en: "Window", when: "everywhere" },
  { id: "room2", keys: ["Alt+Digit2", "Alt+Numpad2"], zh: "办件", en: "Cases", when: "everywhere" },
  { id: "room3", keys: ["Alt+Digit3", "Alt+Numpad3"], zh: "人房", en: "Register", when: "everywhere" },
  { id: "room4", keys: ["Alt+Digit4", "Alt+Numpad4"], zh: "走访", en: "Visits", when: "everywhere" },
  { id: "room5", keys: ["Alt+Digit5", "Alt+Numpad5"], zh: "网格", en: "Grid", when: "everywhere" },
  { id: "room6", keys: ["Alt+Digit6", "Alt+Numpad6"], zh: "议事", en: "Council", when: "everywhere" },
  { id: "room7", keys: ["Alt+Digit7", "Alt+Numpad7"], zh: "活动", en: "Activities", when: "everywhere" },
  { id: "room8", keys: ["Alt+Digit8", "Alt+Numpad8"], zh: "应急", en: "Emergency", when: "everywhere" },
  { id: "room9", keys: ["Alt+Digit9", "Alt+Numpad9"], zh: "报表", en: "Reports", when: "everywhere" },
  { id: "room0", keys: ["Alt+Digit0", "Alt+Numpad0"], zh: "设置", en: "Office", when: "everywhere" },
  { id: "roomS", keys: ["Alt+KeyS"], zh: "同步", en: "Sync", when: "everywhere" },
  { id: "up", keys: ["ArrowUp"], zh: "上一行", en: "Row up", when: "list" },
  { id: "down", keys: ["ArrowDown"], zh: "下一行", en: "Row down", when: "list" },
  { id: "pageUp", keys: ["PageUp"], zh: "上一页", en: "Page up", when: "list" },
  { id: "pageDown", keys: ["PageDown"], zh: "下一页", en: "Page down", when: "list" },
  { id: "first", keys: ["Home"], zh: "第一个", en: "First", when: "list" },
  { id: "last", keys: ["End"], zh: "最后一个", en: "Last", when: "list" },
  { id: "left", keys: ["ArrowLeft"], zh: "往左一个", en: "One to the left", when: "list" },
  { id: "right", keys: ["ArrowRight"], zh: "往右一个", en: "One to the right", when: "list" },
  {
    id: "digit",
    keys: ["Digit1", "Digit2", "Digit3", "Digit4", "Digit5", "Digit6", "Digit7", "Digit8", "Digit9"],
    zh: "选第几个",
    en: "Choose by its number",
    when: "list",
  },
  { id: "open", keys: ["Enter", "NumpadEnter"], zh: "打开或执行", en: "Open or do it", when: "list" },
  { id: "remove", keys: ["Delete"], zh: "去掉", en: "Remove", when: "list" },
  { id: "tick", keys: ["Space"], zh: "勾选", en: "Tick", when: "list" },
  { id: "problem", keys: ["Slash", "NumpadDivide"], zh: "有问题", en: "Something wrong", when: "list" },
  { id: "electronic", keys: ["KeyE"], zh: "电子证照", en: "Electronic certificate", when: "list" },
] as const satisfies readonly Binding[];

/** The name of a meaning in the table. */
export type KeyId = (typeof keymap)[number]["id"];

/** The binding of a meaning. */
export function bindingOf(id: KeyId): Binding {
  const found: Binding | undefined = keymap.find((binding) => binding.id === id);
  if (!found) throw new Error(`no key is called ${id}`);
  return found;
}

/** One pressed key as the table writes it: `Ctrl+KeyK`. */
export function strokeOf(
  event: Pick<KeyboardEvent, "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">,
): string {
  const parts = [
    event.ctrlKey && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && "Shift",
    event.metaKey && "Meta",
    event.code === "NumpadEnter" && (event.ctrlKey || event.altKey) ? "Enter" : event.code,
  ];
  return parts.filter(Boolean).join("+");
}

/** How a stroke is written on the screen: `Ctrl+K`. */
export function strokeLabel(stroke: string): string {
  return stroke
    .split(" ")
    .map((one) =>
      one
        .split("+")
        .map((part) => names[part] ?? part.replace(/^(Key|Digit|Numpad)/, ""))
        .join("+"),
    )
    .join(" ");
}

const names: Record<string, string> = {
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  PageUp: "PgUp",
  PageDown: "PgDn",
  Equal: "=",
  Minus: "−",
  Slash: "/",
};

/** The label of the key a person should press for `id`; browsers keep some keys for themselves. */
export function keyLabel(id: KeyId, inBrowser = false): string {
  const { keys, keptByBrowsers } = bindingOf(id);
  if (id === "digit") return `${strokeLabel(keys[0] ?? "")}–${strokeLabel(keys.at(-1) ?? "")}`;
  const shown = inBrowser && keptByBrowsers ? (keys[1] ?? keys[0]) : keys[0];
  return strokeLabel(shown ?? "");
}

/** The value for `aria-keyshortcuts`. A sequence has no form there, so only single strokes are told. */
export function ariaKeys(id: KeyId): string | undefined {
  const strokes = bindingOf(id).keys.filter((key) => !key.includes(" "));
  return (
    strokes.map((stroke) => stroke.replace("Ctrl", "Control").replace(/(Key|Digit)/, "")).join(" ") ||
    undefined
  );
}

/** The digit 0–9 of a key, on the main block or the number pad; undefined with Ctrl, Alt or Meta. */
export function digitOf(event: KeyboardEvent): number | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return undefined;
  const found = /^(?:Digit|Numpad)([0-9])$/.exec(event.code);
  return found ? Number(found[1]) : undefined;
}

/** Whether a person types text here, so that bare keys belong to the field. */
export function isTextField(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement)
    return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLElement && target.isContentEditable;
}

/** Why a stroke may never be bound, or undefined when it may. */
export function reservedReason(stroke: string): string | undefined {
  const parts = stroke.split("+");
  const code = parts.at(-1) ?? "";
  const has = (modifier: string) => parts.slice(0, -1).includes(modifier);
  if (has("Meta")) return "the Windows key belongs to the desktop";
  if (has("Ctrl") && has("Alt")) return "Ctrl+Alt belongs to chat and screenshot tools";
  if (has("Ctrl") && has("Shift")) return "Ctrl+Shift belongs to input methods";
  if (/^(Shift|Control|Alt|Meta)(Left|Right)$/.test(code)) return "a modifier alone switches input methods";
  if (code === "Space" && (has("Ctrl") || has("Shift") || has("Alt"))) return "Space switches input methods";
  if (has("Ctrl") && ["Period", "Comma", "Semicolon", "Backquote"].includes(code))
    return "input methods own it";
  // Ctrl+0 alone is free: every desktop program uses it for the normal text size.
  if (has("Ctrl") && /^(Digit|Numpad)[1-9]$/.test(code)) return "input methods pick candidates with it";
  if (["F3", "F4", "F5", "F7", "F10", "F12"].includes(code))
    return `${code} belongs to input methods and browsers`;
  if (has("Alt") && code === "KeyA") return "chat tools own Alt+A";
  return undefined;
}
