/**
 * A question that stays true: asked again when its input changes and when the desk says that something changed.
 * The old answer stays on the screen until the new one is there, so that nothing jumps.
 */
import { changes } from "./changes.svelte";
import { desk, type CallName, type Input, type Output, type Refusal } from "./desk";

/** The latest answer to a question. */
export interface Live<Value> {
  /** The latest good answer; undefined before the first. */
  readonly value: Value | undefined;
  /** Why there is no newer one. */
  readonly refusal: Refusal | undefined;
  /** Whether the first answer is still on its way. */
  readonly isWaiting: boolean;
  /** Asks again now. */
  again: () => void;
}

/** Asks `name` while the calling component lives. `input` gives undefined while there is nothing to ask yet. */
export function live<Name extends CallName>(
  name: Name,
  input: () => Input<Name> | undefined,
): Live<Output<Name>> {
  let value = $state.raw<Output<Name>>();
  let refusal = $state.raw<Refusal>();
  let isWaiting = $state(true);
  let count = $state(0);

  $effect(() => {
    // Read, so that it is asked again when they grow.
    const turn = changes.count + count;
    const question = input();
    if (question === undefined || Number.isNaN(turn)) return;
    let isCurrent = true;
    void desk.call(name, question).then((answer) => {
      if (!isCurrent) return;
      isWaiting = false;
      if (answer.status === "done") {
        value = answer.value;
        refusal = undefined;
      } else {
        refusal = answer.refusal;
      }
    });
    return () => {
      isCurrent = false;
    };
  });

  return {
    get value() {
      return value;
    },
    get refusal() {
      return refusal;
    },
    get isWaiting() {
      return isWaiting;
    },
    again: () => {
      count += 1;
    },
  };
}
