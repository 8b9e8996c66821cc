/** The words of the gallery in the language of the screen. */
import { texts } from "../i18n.svelte";
import { en } from "./en";
import { zh } from "./zh";

export const text = texts(zh, en);
