/**
 * What was typed to search or filter, so that Back finds the list as it was left. It may be a name, so it never stands
 * in an address, and the next person at the desk does not find it.
 */
import { session } from "./session.svelte";

/** A text that is remembered for the person who typed it, until the window is closed. */
export class Remembered {
  // Both in one: whoever reads the text follows it also before anything was typed.
  #kept = $state.raw<{ text: string; by: string | undefined }>({ text: "", by: undefined });

  get text(): string {
    const { text, by } = this.#kept;
    return by === session.actor?.id ? text : "";
  }

  set text(text: string) {
    this.#kept = { text, by: session.actor?.id };
  }
}
