/** What comes after a step of a case: its way back, and the paper it brought. */
import type { CaseView, PaperView } from "../../../bindings";
import { desk } from "../../../app/desk";
import { undo } from "../../../kit/undo.svelte";
import { text } from "../text";

/** Offers to take the step back with one key; a step that cannot be taken back ends the offer before it. */
export function offerUndo(label: string, done: CaseView): void {
  if (!done.can_undo) {
    undo.clear();
    return;
  }
  undo.offer({
    done: text.step.done(label, done.title),
    undo: async () => (await desk.call("undo", {})).status === "done",
  });
}

/** The paper that a step brought and that waits for the printer. */
export function newPaper(before: readonly PaperView[], done: CaseView): PaperView | undefined {
  return done.papers.find(
    ({ number, is_void, prints }) =>
      !is_void && prints === 0 && before.every((paper) => paper.number !== number),
  );
}
