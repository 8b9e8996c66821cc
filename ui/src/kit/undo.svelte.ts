/** What Ctrl+Z takes back: the last command, until the next one. Undo instead of confirmation. */

/** Something that was done and can be taken back. */
export interface Undoable {
  /** What was done: "已受理 居住证申领". */
  done: string;
  /** Names of what it was done to, as they stand in the addresses of its pages. */
  about: readonly string[];
  /** Takes it back; `false` when it could not. */
  undo: () => Promise<boolean>;
}

/** How long it is told that something was taken back, in milliseconds. */
const TOLD_MS = 8_000;

class Undo {
  /** The last command that can be taken back. */
  last = $state.raw<Undoable>();
  isUndoing = $state(false);
  /** What was taken back just now. */
  undone = $state<string>();
  #telling: ReturnType<typeof setTimeout> | undefined;

  /** Offers to take back what was just done. */
  offer(undoable: Undoable): void {
    this.last = undoable;
  }

  /** Forgets the offer, when the person changes or paper was printed. */
  clear(): void {
    this.last = undefined;
  }

  /** Ends the offer when another page is shown than `home` and those of what it is about: there the same key would take
   * something back that nobody has in front of them. */
  shown(path: string, home: string): void {
    if (path !== home && !this.last?.about.some((name) => path.includes(name))) this.clear();
  }

  /** Takes the last command back. */
  async run(): Promise<void> {
    const { last } = this;
    if (!last || this.isUndoing) return;
    this.isUndoing = true;
    const isUndone = await last.undo().finally(() => {
      this.isUndoing = false;
    });
    if (!isUndone) return;
    if (this.last === last) this.last = undefined;
    this.undone = last.done;
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => (this.undone = undefined), TOLD_MS);
  }
}

/** The undo of the window. */
export const undo = new Undo();
