/** How backups stand, asked again while one is being made. */
import { desk, type CallName, type Input, type Output, type Refusal } from "../desk";

const LOOK_EVERY_MS = 400;

/** The calls that answer how backups stand. */
type Telling = {
  [Name in CallName]: Output<Name> extends Output<"backup_state"> ? Name : never;
}[CallName];

/** How backups stand, while a component shows it. */
export class Backups {
  /** As the desk said last. */
  state = $state.raw<Output<"backup_state">>();
  /** Why the last wish was not done. */
  refusal = $state.raw<Refusal>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Whether one is being made. */
  readonly isRunning = $derived(this.state?.running != null);

  /** Asks for something and shows how backups stand then. */
  async ask<Name extends Telling>(name: Name, input: Input<Name>): Promise<boolean> {
    clearTimeout(this.#timer);
    const answer = await desk.call(name, input);
    if (answer.status === "refused") {
      this.refusal = answer.refusal;
      return false;
    }
    this.refusal = undefined;
    this.state = answer.value;
    if (this.isRunning) {
      this.#timer = setTimeout(() => void this.ask("backup_state", {}), LOOK_EVERY_MS);
    }
    return true;
  }

  /** Asks no more. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Bytes as megabytes, to a tenth. */
export function megabytes(bytes: number): number {
  return Math.round(bytes / 100_000) / 10;
}
