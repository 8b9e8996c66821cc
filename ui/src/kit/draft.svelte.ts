/**
 * Half-typed forms are kept at every pause, sealed, on this machine only: a crash loses less than a second.
 *
 * A draft is no record and never leaves the desk; `discard` it when the command it led to is done.
 */
import { untrack } from "svelte";
import { changes, clock } from "../app/changes.svelte";
import { desk } from "../app/desk";
import { session } from "../app/session.svelte";

const PAUSE_MS = 300;

/** What is kept, and how it is found again. */
export interface DraftOf<Body> {
  /** What it is a draft of: `accept/<resident>`; undefined while there is nothing to keep. */
  key: () => string | undefined;
  /** Its line in the list of drafts. */
  title: () => string;
  /** The address that opens it again. */
  route: () => string;
  /** What was typed so far. */
  body: () => Body;
}

/** Keeps a form while the calling component lives. */
export class Draft<Body> {
  /** When the form was last kept. */
  savedAt = $state.raw<Date>();
  #of: DraftOf<Body>;
  #kept: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  constructor(of: DraftOf<Body>) {
    this.#of = of;
    this.#kept = untrack(() => JSON.stringify(of.body()));
    $effect(() => {
      const isChanged = JSON.stringify(of.body()) !== this.#kept;
      clearTimeout(this.#timer);
      if (isChanged) this.#timer = setTimeout(() => void this.flush(), PAUSE_MS);
    });
    $effect(() => {
      const flush = () => void this.flush();
      addEventListener("blur", flush);
      addEventListener("pagehide", flush);
      const stop = session.onBeforeLock(() => this.#keepPlace());
      return () => {
        removeEventListener("blur", flush);
        removeEventListener("pagehide", flush);
        stop();
        flush();
      };
    });
  }

  /** Keeps what was typed, now. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const { key, title, route, body } = untrack(() => ({
      key: this.#of.key(),
      title: this.#of.title(),
      route: this.#of.route(),
      body: this.#of.body(),
    }));
    const text = JSON.stringify(body);
    const plain: unknown = JSON.parse(text);
    if (this.#isOver || key === undefined || text === this.#kept) return;
    const before = this.#kept;
    this.#kept = text;
    const answer = await desk.call("save_draft", { key, title, route, body: plain });
    if (answer.status === "refused") {
      this.#kept = before;
      return;
    }
    this.savedAt = clock.now();
    changes.kept();
  }

  /** Keeps it, and makes its address that of the page: whoever unlocks goes on where they were. */
  async #keepPlace(): Promise<void> {
    await this.flush();
    const isKept = untrack(() => this.#of.key()) !== undefined && this.savedAt !== undefined;
    if (isKept && !this.#isOver)
      history.replaceState(history.state, "", `#${untrack(() => this.#of.route())}`);
  }

  /** Throws the draft away: the form has become a record, or the person does not want it. */
  async discard(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    const key = untrack(() => this.#of.key());
    if (key !== undefined) await desk.call("discard_draft", { key });
  }

  /** Says what the form was opened with, so that it is not kept before it changes. */
  opened(): void {
    this.#kept = JSON.stringify(untrack(() => this.#of.body()));
  }
}
