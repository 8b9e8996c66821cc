/** The paper that a step brought and that waits for the printer. */
import type { CaseView, PaperView } from "../../../bindings";

export function newPaper(before: readonly PaperView[], done: CaseView): PaperView | undefined {
  return done.papers.find(
    ({ number, is_void, prints }) =>
      !is_void && prints === 0 && before.every((paper) => paper.number !== number),
  );
}
