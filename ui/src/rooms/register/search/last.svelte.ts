/** What was searched last in the register. */
import { Remembered } from "../../../app/remembered.svelte";

/** The last search. */
export const lastSearch = new Remembered();
