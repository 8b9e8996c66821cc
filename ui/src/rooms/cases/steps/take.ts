/** Takes a step of a case. Which call that is, the desk has said with the button. */
import type { CaseView } from "../../../bindings";
import { desk, type Answer, type CallName, type Input } from "../../../app/desk";

/** Makes the call of a step for the case as the screen has shown it. */
export async function takeStep(
  call: string,
  shown: CaseView,
  answers: Record<string, unknown>,
): Promise<Answer<CaseView>> {
  // The names of steps come from the desk at run time, so the list of calls cannot check them here.
  const name = call as CallName;
  const input = { ...answers, case: shown.case, seen: shown.seen } as unknown as Input<CallName>;
  return (await desk.call(name, input)) as Answer<CaseView>;
}
