/**
 * The keys a list or a strip has of its own, for F1: what has some says so with `ownKeys`, and F1 reads what is on the
 * page.
 */
import { bindingOf, type KeyId } from "./keymap";

/** Says which keys an element acts on while the focus is in it; spread onto it. */
export function ownKeys(...ids: readonly KeyId[]): { "data-keys": string } {
  return { "data-keys": ids.join(" ") };
}

/** Keys, and the names of all that has them. */
export interface OwnKeys {
  title: string;
  keys: KeyId[];
}

/** What the lists and strips inside have, each set of keys once, in the order of the page. */
export function ownKeysIn(page: ParentNode): OwnKeys[] {
  const found = new Map<string, Set<string>>();
  for (const element of page.querySelectorAll<HTMLElement>("[data-keys]")) {
    const keys = element.dataset["keys"] ?? "";
    const titles = found.get(keys) ?? new Set();
    const title = nameOf(element);
    if (title) titles.add(title);
    found.set(keys, titles);
  }
  return [...found].map(([keys, titles]) => ({
    title: [...titles].join(" · "),
    keys: keys.split(" ").map((id) => bindingOf(id as KeyId).id as KeyId),
  }));
}

function nameOf(element: HTMLElement): string {
  const label = element.getAttribute("aria-labelledby");
  const named = label === null ? undefined : element.ownerDocument.getElementById(label)?.textContent;
  // What a list tells about its keys in its name stands below it anyway.
  return (element.getAttribute("aria-label") ?? named ?? "").split(/[:：]/)[0]?.trim() ?? "";
}
