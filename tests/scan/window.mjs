// The real window under the scan: it works with planted people and then stands still, so that the scan, at the other
// end of the pipe, can look through folders and memory.
//
// Lines in: first what to work with, then the name of each next step. Lines out: one for each step that was done.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { display as newDisplay } from "../harness/display.mjs";
import { run } from "../harness/process.mjs";
import { spooler } from "../harness/spooler.mjs";
import { familyOf, openWindow } from "../harness/window.mjs";
import { Clerk } from "../stories/clerk.mjs";

const ITEM = "ZM002";
/** How many of the people get a case with its papers; the others are found, opened and revealed. */
const WITH_CASE = 3;

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { data, root, password, people } = JSON.parse((await lines.next()).value);
const tell = (told) => process.stdout.write(`${JSON.stringify(told)}\n`);

const printing = await spooler(join(root, "print"));
const display = await newDisplay();
let window;
let clerk;

const STEPS = { open, work, lock, kill, close };

for await (const step of lines) {
  tell({ step, ...(await STEPS[step]()) });
}
await printing.stop?.();
await display.stop();

/** Opens the window and unlocks it. */
async function open() {
  window = await openWindow({ args: ["--data", data], env: {} }, { display });
  clerk = new Clerk(window);
  await clerk.unlock(1, { password });
  return standing();
}

/** Everything a clerk does with people on the screen, ending in the middle of a form. */
async function work() {
  const done = { revealed: 0, papers: 0, printed: 0, saved: 0 };
  const titles = new Set();
  for (const [at, person] of people.entries()) {
    await openPage(person);
    await reveal();
    done.revealed += 1;
    for (const title of await titlesNow()) titles.add(title);
    if (at < WITH_CASE) {
      await takeIn(person);
      done.papers += 1;
      if (!printing.why) done.printed += await print();
      await clerk.chooseButton("存成文件");
      await says("已存：");
      done.saved += 1;
      await clerk.press("Escape");
    }
  }
  const [first] = people;
  await ask(first);
  await face(first);
  await beginToRegister(first);
  return { done, titles: [...titles], notPrinted: printing.why ?? null, ...(await standing()) };
}

/** Locks the window by its key. */
async function lock() {
  await clerk.press("Control+L");
  await window.has("input[type=password]");
  return standing();
}

/** Ends the program as a crash does. */
async function kill() {
  const core = await window.pid();
  const children = familyOf(core).filter((pid) => pid !== core);
  // The web view's own processes hold what was on the screen: they crash too.
  for (const pid of [...children, core]) signal(pid, "SIGABRT");
  await window.until("the end of the program", () => !isThere(core));
  return close();
}

/** Closes the window and waits for the program's end. What it and its driver said lies beside the other logs. */
async function close() {
  const core = await window.pid();
  await window.ask("DELETE", "").catch(() => {});
  if (core) await window.until("the end of the program", () => !isThere(core));
  await window.close();
  writeFileSync(join(root, "logs/window"), window.driver.said(), { flag: "a" });
  return {};
}

async function standing() {
  const core = await window.pid();
  return { core, family: familyOf(core) };
}

async function openPage({ name }) {
  await clerk.press("F2");
  await clerk.focusIs("header [role=combobox]");
  await clerk.findPerson(name, ({ title }) => title === name);
  await clerk.showsPageOf(name);
}

async function reveal() {
  await focus("main .masked button[aria-label*='证件']");
  await clerk.press("Enter");
  await clerk.focusIs("dialog [role=radio]");
  await clerk.press("1");
  await window.has("main .masked [role=timer]");
}

async function takeIn({ id_number }) {
  await clerk.press("Control+N");
  await clerk.checkIdentity(id_number.slice(-4));
  await clerk.chooseItem("jhrzd", ITEM);
  await clerk.tick(await clerk.missing());
  await clerk.press("Control+Enter");
  await clerk.showsPaper("SL");
}

/** Enter prints; done when the screen says that the spooler has it. */
async function print() {
  await clerk.press("Enter");
  await says("补打");
  return 1;
}

/** Waits for a text on the screen, which stays in the page: what the driver carries lies in our program's memory too. */
async function says(text) {
  await window.until(`the text ${text}`, () =>
    window.evaluate((wanted) => document.body.innerText.includes(wanted), text),
  );
}

async function ask({ word }) {
  await clerk.press("Alt+N", "4");
  await clerk.focusIs("#field-question");
  await clerk.type(word);
  await focus("#field-answer");
  await clerk.type(word);
  await clerk.press("Control+Enter");
  await clerk.isHome();
}

async function face(person) {
  await focus("header button.facing");
  await clerk.press("Enter");
  await window.has("header button.facing[aria-pressed=true]");
  await openPage(person);
  await focus("header button.facing");
  await clerk.press("Enter");
  await window.has("header button.facing[aria-pressed=false]");
}

/** A form that is left half typed, with what its fields remember. */
async function beginToRegister({ name, id_number, phone, address_typed }) {
  await clerk.press("Alt+N", "5");
  for (const [field, text] of Object.entries({ name, id_number, phone, address: address_typed })) {
    await focus(`#field-${field}`);
    await clerk.type(text);
  }
}

/** The keyboard's focus, without the way there: where keys lead is the stories' question. */
async function focus(selector) {
  await window.until(`${selector} to have the focus`, () =>
    window.evaluate((wanted) => {
      const element = document.querySelector(wanted);
      element?.focus();
      return element !== null && document.activeElement === element;
    }, selector),
  );
}

/** What the windows of this display are called. */
async function titlesNow() {
  const { stdout } = await run("xdotool", ["search", "--name", ".*"], { env: display.env });
  const names = await Promise.all(
    stdout
      .split("\n")
      .filter(Boolean)
      .map((id) => run("xdotool", ["getwindowname", id], { env: display.env })),
  );
  return names.map((named) => named.stdout.trim()).filter(Boolean);
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It ended with the others.
  }
}

function isThere(pid) {
  try {
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}
