/** Small readings of a person for the screen: nothing here checks or masks, which is the desk's. */
import type { PersonCard } from "../../../bindings";
import { language } from "../../../kit/i18n.svelte";

/** `1981-03-07 · 男 · 45岁`. */
export function shortBirth({ birth, sex, age }: PersonCard): string {
  const years = age === null ? "" : language.current === "zh" ? `${age}岁` : `${age} yrs`;
  return [birth ?? "", sex, years].filter(Boolean).join(" · ");
}

/** The ID number a card reader typed, or undefined when the code is something else. Whether it is right, the desk says. */
export function idNumberIn(code: string): string | undefined {
  return /^\d{17}[\dXx]$/.exec(code.trim())?.[0].toUpperCase();
}
