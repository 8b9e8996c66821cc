/**
 * What was searched last, so that Back finds the hits again. It may be a name, so it never stands in an address, and
 * the next person at the desk does not find it.
 */
import { session } from "../../../app/session.svelte";

class LastSearch {
  #text = $state("");
  #by: string | undefined;

  get text(): string {
    return this.#by === session.actor?.id ? this.#text : "";
  }

  set text(text: string) {
    this.#by = session.actor?.id;
    this.#text = text;
  }
}

/** The last search. */
export const lastSearch = new LastSearch();
