/** What broke last, until it is put away or told beside its cause. */
import { desk } from "./desk";

class Failures {
  /** The words for the person. */
  last = $state.raw<{ text: string; next: string }>();

  /** Listens to the desk. Returns the way to stop. */
  listen(): () => void {
    return desk.onFailure((failure) => {
      this.last = failure;
    });
  }

  /** It has been told, or read. */
  putAway(): void {
    this.last = undefined;
  }
}

/** The failures of the window. */
export const failures = new Failures();
