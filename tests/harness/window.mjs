// The real window under test: our program and its web view, driven by Debian's WebKitWebDriver in plain `fetch`.
//
// It has the same methods as the browser's page (browser.mjs), so that one story can be told in both.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { programs } from "./desk.mjs";
import { display as newDisplay } from "./display.mjs";
import { PACE, webDriverChord } from "./keys.mjs";
import { run, sleep, start, until } from "./process.mjs";
import * as watch from "./watch.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** Opens the window on a desk. Gives its own display unless one is given. */
export async function openWindow(desk, { display, args = [], width = 1366, height = 696 } = {}) {
  const own = display ?? (await newDisplay());
  const port = await freePort();
  const driver = start("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...desk.env, ...own.env, TAURI_WEBVIEW_AUTOMATION: "true", WEBKIT_DISABLE_DMABUF_RENDERER: "1" },
  });
  const close = async () => {
    await driver.stop();
    if (!display) await own.stop();
  };
  try {
    const base = `http://127.0.0.1:${port}`;
    await until("the driver", () => request(base, "GET", "/status"));
    const started = Date.now();
    const { sessionId } = await request(base, "POST", "/session", {
      capabilities: {
        alwaysMatch: {
          "webkitgtk:browserOptions": { binary: programs.window, args: [...desk.args, ...args] },
        },
      },
    });
    const window = new RealWindow(`${base}/session/${sessionId}`, driver, own, close);
    await window.until("the page", () => window.evaluate(() => document.readyState === "complete"));
    window.readyAfterMs = Date.now() - started;
    await window.resize(width, height);
    await window.evaluate(watch.install);
    return window;
  } catch (error) {
    await close();
    throw new Error(`${error.message}\n${driver.said()}`, { cause: error });
  }
}

class RealWindow {
  kind = "window";

  constructor(session, driver, display, close) {
    this.session = session;
    this.driver = driver;
    this.display = display;
    this.end = close;
  }

  ask(method, path, body) {
    return request(this.session, method, path, body);
  }

  until(what, look, options) {
    return until(what, look, options);
  }

  /** Runs a function of the story inside the page and gives what it gives, promises included. */
  async evaluate(work, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${work})(...Array.prototype.slice.call(arguments, 0, -1)))
        .then((value) => done({ value: value === undefined ? null : value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.ask("POST", "/execute/async", { script, args });
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Chords, one after the other: "Control+Enter", "F2", "a". */
  press(...chords) {
    return this.act(chords.flatMap((chord) => [...webDriverChord(chord), pause(PACE)]));
  }

  /** Letters at the pace of a typist; what no key has (漢字) goes in as an input method would give it. */
  async type(text, { pace = PACE } = {}) {
    if (/^[\x20-\x7e]*$/.test(text)) {
      await this.act([...text].flatMap((letter) => [...strike(letter), pause(pace)]));
      return;
    }
    const active = await this.ask("GET", "/element/active");
    await this.ask("POST", `/element/${active[ELEMENT]}/value`, { text });
  }

  /** What a reader or scanner types: a burst, and Enter. */
  scan(text) {
    return this.act([...[...text].flatMap(strike), ...webDriverChord("Enter"), pause(PACE)]);
  }

  async act(actions) {
    if (actions.length === 0) return;
    await this.ask("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  text(selector) {
    return this.evaluate(watch.textOf, selector);
  }

  allText() {
    return this.evaluate(watch.allText);
  }

  count(selector) {
    return this.evaluate(watch.countOf, selector);
  }

  /** Waits until the screen shows a text (a string or a pattern). */
  shows(text, options) {
    return until(`the text ${text}`, async () => has(await this.allText(), text), options);
  }

  /** Waits until an element is there. */
  has(selector, options) {
    return until(`an element ${selector}`, () => this.count(selector), options);
  }

  /** What the watch in the page saw: keys, times, violations, focus. */
  seen() {
    return this.evaluate(watch.seen);
  }

  forget() {
    return this.evaluate(watch.forget);
  }

  resize(width, height) {
    return this.ask("POST", "/window/rect", { x: 0, y: 0, width, height });
  }

  async shot(path) {
    await this.evaluate(watch.ready);
    await sleep(300);
    writeFileSync(path, Buffer.from(await this.ask("GET", "/screenshot"), "base64"));
  }

  /** The process of our program (the driver starts it), for measuring and for killing it in the middle. */
  async pid() {
    const { stdout } = await run("pgrep", ["--parent", String(this.driver.pid)]);
    return Number(stdout.trim().split("\n")[0]);
  }

  /** How long after the start of our program its first page was painted, in ms. */
  async paintedAfterMs() {
    const ticks = Number(
      readFileSync(`/proc/${await this.pid()}/stat`, "utf8")
        .split(") ")[1]
        .split(" ")[19],
    );
    const booted = Date.now() - Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) * 1_000;
    const painted = await until("the first paint", () =>
      this.evaluate(() => {
        const paint = performance.getEntriesByName("first-contentful-paint")[0];
        return paint ? performance.timeOrigin + paint.startTime : null;
      }),
    );
    return Math.round(painted - (booted + ticks * 10));
  }

  /** Closes the window as a person does, and then everything that was started for it. */
  async close() {
    await this.ask("DELETE", "").catch(() => {}); // The window may be gone: a story can kill it.
    await this.end();
  }
}

const pause = (duration) => ({ type: "pause", duration });
const strike = (letter) => ["keyDown", "keyUp"].map((type) => ({ type, value: letter }));

const has = (all, text) => (text instanceof RegExp ? text.test(all) : all.includes(text));

async function request(base, method, path, body) {
  const response = await fetch(base + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    signal: AbortSignal.timeout(120_000),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${value?.error}: ${value?.message}`);
  return value;
}

/** A port that nobody uses at this moment. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A process and all it started, and what those started. */
export function familyOf(pid) {
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, "utf8").split(") ")[1].split(" ");
      parents.set(Number(name), Number(fields[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const family = [pid];
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.push(child);
  }
  return family;
}

/** The memory of a process and all its children, as their own share (PSS), in MB. */
export function memoryMb(pid) {
  const parts = familyOf(pid).flatMap((member) => {
    try {
      const rollup = readFileSync(`/proc/${member}/smaps_rollup`, "utf8");
      const name = readFileSync(`/proc/${member}/comm`, "utf8").trim();
      return [[name, Number(/^Pss:\s+(\d+)/m.exec(rollup)[1]) / 1024]];
    } catch {
      return [];
    }
  });
  const total = parts.reduce((sum, [, mb]) => sum + mb, 0);
  return {
    total: Math.round(total),
    parts: Object.fromEntries(parts.map(([name, mb]) => [name, Math.round(mb)])),
  };
}
