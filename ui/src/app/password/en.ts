/** The words of a new password, in English. */
import type { Messages } from "../../kit/i18n.svelte";
import type { zh } from "./zh";

export const en = {
  hint: "At least 8 characters; no names, birthdays or 123456",
  good: "This password is good",
  again: "Once more",
  same: "Exactly the same",
  differs: "The two are not the same. Type the second one again.",
} satisfies Messages<typeof zh>;
