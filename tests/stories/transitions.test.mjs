// Every step of a case, walked from the desk's one table: allowed ones by the buttons of the case page, by keyboard, in
// Chromium; forbidden ones are not offered there, and refused when they are called for.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDesk } from "../harness/browser.mjs";
import { Desk, freshDesk, PASSWORD } from "../harness/desk.mjs";
import { inputOf, wayTo } from "./cases.mjs";
import { Clerk } from "./clerk.mjs";
import { zhangSan } from "./people.mjs";
import { talkTo } from "./served.mjs";

/** Five weeks before the stories' day: time enough for a notice to lapse and for silence to count as acceptance. */
const LONG_AGO = "2026-10-19T09:30";
const DAY = "2026-11-24";

/** Those that need the time to pass first. */
const SLOW = ["lapse", "deem"];

const STATES = [
  ...["received", "supplement", "accepted", "forwarded", "paused", "decided", "delivered"],
  ...["archived", "refused", "withdrawn", "returned"],
];

let page;
let clerk;
let served;
let rows;
let facts;
const old = new Map();

before(async () => {
  const desk = await freshDesk({ moment: LONG_AGO });
  const before = await new Desk(desk.data, LONG_AGO).serve();
  const past = talkTo(before.url);
  const { people } = await past.done("status");
  const [wang, , zhao] = people.map(({ id }) => id);
  await past.done("unlock", { person: wang, password: PASSWORD });
  const { id: person } = await past.done("register_resident", zhangSan);
  facts = { person, supervisor: zhao, day: DAY };
  for (const [state, step] of [
    ["supplement", "lapse"],
    ["received", "deem"],
    ["supplement", "returned"],
  ]) {
    old.set(step, await bring(past, state, step));
  }
  await before.stop();

  page = await openDesk(new Desk(desk.data));
  clerk = new Clerk(page);
  served = talkTo(page.url);
  await clerk.unlock();
  rows = (await served.done("transitions")).transitions;
});

after(() => page?.close());

/** Makes a case and brings it to a state, for a step to be tried. */
async function bring(desk, state, step) {
  if (state === "returned" && old.has("returned")) {
    return desk.done("lapse_case", {
      case: old.get("returned").case,
      ...inputOf("lapse_case", wayTo(state).sort, facts),
    });
  }
  const { sort, calls, lacks } = wayTo(state, step);
  let view;
  for (const call of calls) {
    const input = inputOf(call, sort, facts);
    if (call === "receive_case" && lacks) {
      input.brought = input.brought.filter(({ material }) => material !== sort.missing);
    }
    view = await desk.done(call, view ? { case: view.case, ...input } : input);
  }
  assert.equal(view.state, state, `on the way to ${state}`);
  return view;
}

/** Opens a case by the number on its paper. */
async function open(view) {
  await clerk.press("F2");
  await clerk.type(view.number);
  await clerk.press("Enter");
  await page.until(`the page of ${view.number}`, () =>
    page.evaluate((number) => document.querySelector("section.head")?.ariaLabel === number, view.number),
  );
}

const labels = () =>
  page.evaluate(() =>
    [...document.querySelectorAll("main [role=toolbar] button")].map((button) =>
      button.firstChild.textContent.trim(),
    ),
  );

/** Goes to the step's button with the arrows and presses it. */
async function press(label) {
  const buttons = "main [role=toolbar] button";
  await clerk.focusIs(buttons);
  const [now, wanted] = await page.evaluate(
    (all, label) => {
      const found = [...document.querySelectorAll(all)];
      return [
        found.indexOf(document.activeElement),
        found.findIndex((button) => button.firstChild.textContent.trim() === label),
      ];
    },
    buttons,
    label,
  );
  assert.ok(wanted >= 0, `a button ${label}`);
  for (let at = now; at < wanted; at += 1) await clerk.press("ArrowRight");
  for (let at = now; at > wanted; at -= 1) await clerk.press("ArrowLeft");
  await clerk.press("Enter");
}

/** Fills the dialog of a step, field by field, from what the desk asks. */
async function fill(action, state) {
  await clerk.focusIs("dialog[open] *");
  for (const ask of action.asks) {
    switch (ask.kind) {
      case "choice": {
        // Nobody's deadline has passed here; somebody has died.
        await clerk.press(ask.field === "cause" ? "2" : "1");
        break;
      }
      case "number":
        await clerk.type("5");
        break;
      case "day":
        if (ask.value === "") await clerk.type("12-15");
        break;
      case "tick":
        await clerk.press("Space");
        break;
      case "brought":
        await clerk.tick(await page.count("dialog[open] [role=checkbox]"));
        break;
      case "listed":
        if (state === "received") await lookAtAll();
        else {
          await clerk.type("申请表");
          await clerk.press("Enter");
          await clerk.focusIs("dialog[open] select");
        }
        break;
      default:
        await clerk.type("A1");
    }
    await clerk.press("Tab");
    if (ask.kind === "listed" && state !== "received") await leaveLine();
    if (ask.kind === "go_to") await clerk.press("Tab", "Tab");
  }
}

/** Walks through the lines of a notice; each must have been looked at. */
async function lookAtAll() {
  for (let at = 0; at < 60; at += 1) {
    const looked = /已逐项看过 (\d+) \/ (\d+) 项/.exec(await page.text("dialog[open]"));
    if (looked && looked[1] === looked[2]) return;
    await clerk.press("Tab");
  }
  assert.fail("not every line of the notice can be reached");
}

/** From a line that was added on to the next question. */
async function leaveLine() {
  for (let at = 0; at < 10; at += 1) {
    if (await page.evaluate(() => document.activeElement?.id === "field-last_day")) return;
    await clerk.press("Tab");
  }
}

/** Takes a step by its button, as the page asks, and tells what became of the case. */
async function take(view, row) {
  await open(view);
  const { actions } = await served.done("case", { number: view.case });
  if (row.step === "correct") {
    await clerk.focusIs("main [role=toolbar] button");
    await clerk.chooseButton("更正");
    await clerk.focusIs("dialog[open] input");
    await clerk.type("A1");
    await clerk.press("Control+Enter");
  } else {
    const action = actions.find(({ call }) => call === row.call);
    assert.ok(action, `${row.call} is offered in ${view.state}`);
    await press(action.label);
    if (action.asks.length > 0) {
      await fill(action, view.state);
      await clerk.press("Control+Enter");
    }
  }
  const done = await page.until(`${row.call} in ${view.state} to be done`, async () => {
    const now = await served.done("case", { number: view.case });
    return now.timeline.length > view.timeline.length ? now : undefined;
  });
  await page.until(`the state ${done.state_text} on the page`, () =>
    page.evaluate(
      (word) => document.querySelector("section.head header")?.innerText.includes(word) ?? false,
      done.state_text,
    ),
  );
  // A new paper opens at once.
  if (done.papers.length > view.papers.length) {
    await page.has("dialog[open] img");
    await clerk.press("Escape");
  }
  await page.until("nothing over the page", async () => (await page.count("dialog[open]")) === 0);
  return done;
}

test("every step the table allows is taken by its button and lands where the table says", async () => {
  let walked = 0;
  for (const row of rows) {
    for (const from of row.from) {
      // A second notice needs a supervisor and has no button: see below.
      if (row.number === "4b") continue;
      const view = (SLOW.includes(row.step) && old.get(row.step)) || (await bring(served, from, row.step));
      const done = await take(view, row);
      const expected = row.to.length > 0 ? row.to : row.step === "correct" ? STATES : [from];
      assert.ok(
        expected.includes(done.state),
        `${row.number} ${row.call} from ${from} came to ${done.state}`,
      );
      if (row.step !== "correct") assert.equal(done.timeline[0].step, row.step);
      walked += 1;
    }
  }
  assert.equal(walked, rows.reduce((sum, { from }) => sum + from.length, 0) - 1);
  const { violations, errors, focus } = await page.seen();
  assert.deepEqual([violations, errors], [[], []]);
  assert.notEqual(focus, null);
});

test("a step the table forbids has no button, and is refused when it is called for", async () => {
  for (const state of STATES) {
    const view = await bring(served, state);
    const allowed = rows.filter(({ from }) => from.includes(state)).map(({ call }) => call);
    const { actions } = await served.done("case", { number: view.case });
    for (const { call } of actions) assert.ok(allowed.includes(call), `${call} has a button in ${state}`);

    await open(view);
    const offered = actions.filter(({ step }) => step !== "correct").map(({ label }) => label);
    await page.until(`the buttons of ${state}`, async () => `${await labels()}` === `${offered}`);

    for (const { call, from } of rows) {
      if (from.length === 0 || allowed.includes(call)) continue;
      const input = { case: view.case, ...inputOf(call, wayTo(state).sort, facts) };
      const answer = await served.ask(call, input);
      assert.equal(answer.refusal?.reason, "wrong_state", `${call} in ${state}: ${JSON.stringify(answer)}`);
    }
    const after = await served.done("case", { number: view.case });
    assert.equal(after.state, state, "and nothing has changed");
  }
});

test("a second notice is refused to a clerk, and a supervisor gives it with a reason", async () => {
  const view = await bring(served, "supplement");
  const again = { case: view.case, ...inputOf("request_supplement", wayTo("supplement").sort, facts) };
  const refused = await served.ask("request_supplement", again);
  assert.equal(refused.refusal?.reason, "second_notice", JSON.stringify(refused));

  await served.done("lock");
  await served.done("unlock", { person: facts.supervisor, password: PASSWORD });
  const given = await served.done("request_supplement", { ...again, override_reason: "部门新增一项" });
  assert.equal(given.state, "supplement");
});
