/**
 * What was typed to filter the list, so that Back finds the list as it was left. It may be a name, so it never stands
 * in an address, and the next person at the desk does not find it.
 */
import { session } from "../../../app/session.svelte";

class Typed {
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

/** The filter's text. */
export const typed = new Typed();
