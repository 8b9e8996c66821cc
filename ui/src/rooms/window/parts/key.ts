/** Keys of drafts: random, because an address holds nothing about a person. */

/** A new key for a draft of this kind. */
export function newKey(kind: string): string {
  // Not `randomUUID`, which some of our web views have in a secure context only.
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `${kind}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
