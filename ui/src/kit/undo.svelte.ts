/** What Ctrl+Z takes back: the last command, until the next one. Undo instead of confirmation. */

/** Something that was done and can be taken back. */
export interface Undoable {
  /** What was done: "已受理 居住证申领". */
  done: string;
  /** Takes it back; `false` when it could not. */
  undo: () => Promise<boolean>;
}

class Undo {
  /** The last command that can be taken back. */
  last = $state.raw<Undoable>();
  isUndoing = $state(false);

  /** Offers to take back what was just done. */
  offer(undoable: Undoable): void {
    this.last = undoable;
  }

  /** Forgets the offer, when the person changes or paper was printed. */
  clear(): void {
    this.last = undefined;
  }

  /** Takes the last command back. */
  async run(): Promise<void> {
    const { last } = this;
    if (!last || this.isUndoing) return;
    this.isUndoing = true;
    const isUndone = await last.undo().finally(() => {
      this.isUndoing = false;
    });
    if (isUndone && this.last === last) this.last = undefined;
  }
}

/** The undo of the window. */
export const undo = new Undo();
