// Other programs that a story starts: each in a process group of its own, so that nothing is left behind.
//
// Every group that is still there when the story's process ends is ended with it, whatever the reason.
import { spawn } from "node:child_process";
import { once } from "node:events";

const groups = new Set();

function end(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

process.on("exit", () => {
  for (const pid of groups) end(pid, "SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => process.exit(1));
}

/** Waits. */
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Asks again and again until there is an answer, and says what it waited for when there is none. Generous by default:
 * a starved machine may take most of a minute for what is a second's work.
 */
export async function until(what, look, { timeout = 60_000, every = 40 } = {}) {
  const started = Date.now();
  let why = "";
  for (;;) {
    try {
      const found = await look();
      if (found) return found;
    } catch (error) {
      why = `: ${error.message}`;
    }
    if (Date.now() - started > timeout)
      throw new Error(`Waited ${timeout / 1000} s in vain for ${what}${why}`);
    await sleep(every);
  }
}

/**
 * Starts a program that goes on. `lines` hears what it prints; `stop()` ends its whole group and waits for it.
 */
export function start(program, args = [], { env = {}, cwd, lines, stdio } = {}) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: stdio ?? ["ignore", "pipe", "pipe"],
  });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream?.setEncoding("utf8").on("data", (text) => {
      const parts = (rest + text).split("\n");
      rest = parts.pop();
      for (const line of parts) {
        said.push(line);
        if (said.length > 200) said.shift();
        lines?.(line);
      }
    });
  }
  const ended = once(child, "exit").catch((error) => {
    said.push(error.message);
    return [127, null];
  });
  if (child.pid !== undefined) groups.add(child.pid);
  return {
    child,
    pid: child.pid,
    /** The last lines it printed, for the message of a failure. */
    said: () => said.join("\n"),
    ended,
    get isRunning() {
      return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
    },
    async stop() {
      if (child.pid === undefined) return;
      end(child.pid, "SIGTERM");
      const gentle = await Promise.race([ended, sleep(5_000)]);
      if (!gentle) end(child.pid, "SIGKILL");
      await ended;
      // The leader is gone; what it started may not be.
      end(child.pid, "SIGKILL");
      groups.delete(child.pid);
    },
  };
}

/** Runs a program to its end. */
export async function run(program, args = [], { env = {}, cwd, input = "", timeout = 600_000 } = {}) {
  const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, detached: true });
  if (child.pid !== undefined) groups.add(child.pid);
  const timer = setTimeout(() => end(child.pid, "SIGKILL"), timeout);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  child.stdin.on("error", () => {}); // It may end before it has read everything.
  child.stdin.end(input);
  try {
    const [code, signal] = await once(child, "close");
    return { code: code ?? 128, signal, stdout, stderr };
  } finally {
    clearTimeout(timer);
    if (child.pid !== undefined) {
      end(child.pid, "SIGKILL");
      groups.delete(child.pid);
    }
  }
}
