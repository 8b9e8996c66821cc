/** The words of a new password in the language of the screen. */
import { texts } from "../../kit/i18n.svelte";
import { en } from "./en";
import { zh } from "./zh";

export const text = texts(zh, en);
