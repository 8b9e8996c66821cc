/** Long work that goes on while the clerk does something else. It lives outside the rooms, so that leaving one keeps it. */

/** A piece of long work, as the footer shows it. */
export interface Task {
  id: string;
  /** What it is: "导入". */
  label: string;
  done: number;
  total: number;
  /** What is counted, where the label does not say it: "MB". */
  unit?: string;
  /** About how long it still takes. */
  secondsLeft?: number;
  /** Stops it; what is finished stays. */
  stop?: () => void;
}

class Tasks {
  /** What is going on. */
  running = $state.raw<readonly Task[]>([]);

  /** Shows a task, or how far it has come. */
  show(task: Task): void {
    const isNew = this.running.every(({ id }) => id !== task.id);
    this.running = isNew
      ? [...this.running, task]
      : this.running.map((one) => (one.id === task.id ? task : one));
  }

  /** Takes a finished task away. */
  end(id: string): void {
    this.running = this.running.filter((task) => task.id !== id);
  }
}

/** The tasks of the window. */
export const tasks = new Tasks();
