// A desk of its own for a story: a data folder that goes away, the terminal's program on it, and its local page.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, start, until } from "./process.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The programs under test; `cargo xtask` says where they lie. */
export const programs = {
  terminal: process.env.YICHUANG_BIN ?? join(root, "target/debug/yichuang"),
  window: process.env.YICHUANG_DESKTOP_BIN ?? join(root, "target/debug/yichuang-desktop"),
};

/** The password of everyone in a story. */
export const PASSWORD = "haitang-xia-de-yichuang";

/** The password of whoever sets a new one. */
export const NEW_PASSWORD = "plum-river-47-lantern";

/** The moment at which stories begin: a Tuesday morning. */
export const MOMENT = "2026-11-24T10:42";

const scratched = [];
process.on("exit", () => {
  for (const dir of scratched) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});

/** A folder that is removed when the process ends. */
export function scratch(name) {
  const dir = mkdtempSync(join(tmpdir(), `yichuang-${name}-`));
  scratched.push(dir);
  return dir;
}

/** The desk on a data folder, through the terminal's program. */
export class Desk {
  constructor(data, moment = MOMENT) {
    this.data = data;
    /** Which folder and what time: the same for every program of ours. */
    this.args = ["--data", data, "--now", moment];
    this.env = { YICHUANG_PASSWORD: PASSWORD };
  }

  /** Runs `yichuang ARGS` on this desk. */
  async run(args, options = {}) {
    return run(programs.terminal, [...args, ...this.args], { env: this.env, ...options });
  }

  /** Runs it, and throws unless it was done. Returns what it printed. */
  async must(args, options) {
    const { code, stdout, stderr } = await this.run(args, options);
    if (code !== 0) throw new Error(`yichuang ${args.join(" ")} ended with ${code}: ${stderr || stdout}`);
    return stdout;
  }

  /** Many calls as one person, one answer each. */
  async calls(list, as) {
    const input = list.map(([call, given]) => JSON.stringify({ call, input: given ?? {} })).join("\n") + "\n";
    const { stdout, stderr, code } = await this.run(["call", "-", ...(as ? ["--as", as] : [])], { input });
    const answers = stdout
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    if (answers.length !== list.length) {
      throw new Error(`${list.length} calls, ${answers.length} answers (exit ${code}): ${stderr || stdout}`);
    }
    return answers;
  }

  /** One call. */
  async call(name, input, as) {
    return (await this.calls([[name, input]], as))[0];
  }

  /** One call that must be done. Returns its value. */
  async done(name, input, as) {
    const answer = await this.call(name, input, as);
    if (answer.status !== "done") throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer.value;
  }

  /** Serves the page to a browser on this machine. Returns its address (token inside) and the way to stop. */
  async serve() {
    let url;
    const server = start(programs.terminal, ["serve", ...this.args], {
      env: this.env,
      lines: (line) => (url ??= /http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+\/[^\s"]*/.exec(line)?.[0]),
    });
    await until("the address of `yichuang serve`", () => {
      if (!server.isRunning) throw new Error(server.said());
      return url;
    });
    return { url, stop: () => server.stop() };
  }
}

/** A community with two clerks and a supervisor, and nothing else yet. */
export async function freshDesk({ moment } = {}) {
  const desk = new Desk(join(scratch("desk"), "data"), moment);
  const people = ["--clerk", "王丽", "--clerk", "李强", "--supervisor", "赵珊"];
  const answer = JSON.parse(await desk.must(["init", "--community", "海棠社区", ...people]));
  /** The code of its sealed envelope. */
  desk.code = answer.value.recovery_code;
  return desk;
}

/** An empty folder, where the window begins with the set-up. */
export function emptyDesk({ moment } = {}) {
  return new Desk(join(scratch("desk"), "data"), moment);
}

/** Samples that are being made by this process: whoever asks meanwhile waits for the same one. */
const samples = new Map();

async function makeSample(kept, moment, sizes) {
  const making = `${kept}.${process.pid}`;
  mkdirSync(join(root, "target/xtask/samples"), { recursive: true });
  await new Desk(making, moment).must(["sample", ...sizes], { timeout: 1_800_000 });
  try {
    renameSync(making, kept);
  } catch (error) {
    // Another process was faster, and made the same one.
    if (!existsSync(kept)) throw error;
    rmSync(making, { recursive: true });
  }
}

/**
 * A copy of the sample community. Made once for a size and a build of the program, kept in target/xtask/samples.
 */
export async function sampleDesk({ people, cases, moment } = {}) {
  const { size, mtimeMs } = statSync(programs.terminal);
  const sort = createHash("sha256").update(JSON.stringify({ people, cases, moment, size, mtimeMs }));
  const kept = join(root, "target/xtask/samples", sort.digest("hex").slice(0, 16));
  if (!existsSync(kept)) {
    const sizes = Object.entries({ people, cases }).flatMap(([name, count]) =>
      count ? [`--${name}`, `${count}`] : [],
    );
    if (!samples.has(kept)) samples.set(kept, makeSample(kept, moment, sizes));
    await samples.get(kept);
  }
  const desk = new Desk(join(scratch("desk"), "data"), moment);
  cpSync(kept, desk.data, { recursive: true });
  return desk;
}
