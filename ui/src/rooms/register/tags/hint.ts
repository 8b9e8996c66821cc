/** What whoever visits must heed, in words. Why stays sealed. */
import type { ResidentView } from "../../../bindings";
import { text } from "../text";

export function hintOf(hint: ResidentView["visit_hint"]): string {
  if (!hint) return "";
  const cycle = hint.every_days === null ? "" : text.tags.everyDays(hint.every_days);
  return [hint.in_pairs && text.tags.inPairs, cycle].filter(Boolean).join(" · ");
}
