/** That something changed at the desk, and when this machine last kept something. */
import { desk } from "./desk";

/** Changes that come close together are one, so that an import does not ask everything a thousand times. */
const TOGETHER_MS = 40;

class Changes {
  /** Grows with every change; questions depend on it. */
  count = $state(0);
  /** When something was last kept on this machine. */
  keptAt = $state.raw<Date>();

  /** Listens to the desk. Returns the way to stop. */
  listen(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = desk.onChanged(() => {
      this.kept();
      timer ??= setTimeout(() => {
        timer = undefined;
        this.count += 1;
      }, TOGETHER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }

  /** Says that something was kept just now. */
  kept(): void {
    this.keptAt = clock.now();
  }
}

/** The desk's time, carried on by this machine's; the desk's day is the one that counts. */
class Clock {
  #offset_ms = 0;

  /** Sets the desk's time, as it was given with an answer: with its offset. */
  set(now: string): void {
    const at = Date.parse(now);
    if (Number.isFinite(at)) this.#offset_ms = at - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.#offset_ms);
  }
}

/** The desk's clock. */
export const clock = new Clock();

/** The changes of the desk. */
export const changes = new Changes();
