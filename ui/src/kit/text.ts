/** The words of the kit in the language of the screen. */
import { en } from "./en";
import { texts } from "./i18n.svelte";
import { zh } from "./zh";

export const text = texts(zh, en);
