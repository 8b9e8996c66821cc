/** What was typed to filter the list of cases. */
import { Remembered } from "../../../app/remembered.svelte";

/** The filter's text. */
export const typed = new Remembered();
