/** The way back from a step of a case: with one key, while whoever took it stays with that case. */
import type { CaseView } from "../bindings";
import { undo } from "../kit/undo.svelte";
import { desk } from "./desk";

/** Offers to take the step back; a step that cannot be taken back ends the offer before it. */
export function offerUndo(done: string, view: CaseView): void {
  if (!view.can_undo) {
    undo.clear();
    return;
  }
  undo.offer({
    done: `${done} · ${view.applicant.name}`,
    about: [view.case, view.number],
    undo: async () => (await desk.call("undo", {})).status === "done",
  });
}
