/** A form on its way to the desk: sent once at a time, with what is wrong in it. */
import { problemsOf, type Problem } from "../kit/problems";
import { desk, type CallName, type Input, type Output } from "./desk";

/** What a form sends, while a component shows it. */
export class Sending {
  /** What is wrong, before it was sent or as the desk said. */
  problems = $state.raw<readonly Problem[]>([]);
  /** Whether it is being sent. */
  isBusy = $state(false);

  /**
   * Sends the form when nothing in it is wrong already. Gives what the desk answered; nothing when it refused, when
   * something is wrong, or when the form is on its way already.
   */
  async send<Name extends CallName>(
    name: Name,
    input: Input<Name>,
    wrong: readonly Problem[] = [],
  ): Promise<Output<Name> | undefined> {
    if (this.isBusy) return undefined;
    this.problems = wrong;
    if (wrong.length > 0) return undefined;
    this.isBusy = true;
    const answer = await desk.call(name, input);
    this.isBusy = false;
    if (answer.status === "done") return answer.value;
    this.problems = problemsOf(answer.refusal);
    return undefined;
  }
}
