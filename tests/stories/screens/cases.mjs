// Cases: the lists, the page of a case in every state, and the dialog of every step.
import { sampleDesk } from "../../harness/desk.mjs";
import { Clerk } from "../clerk.mjs";
import {
  addTag,
  clear,
  command,
  commandAsks,
  focusIs,
  openCase,
  openPerson,
  people,
  pressStep,
  settled,
  tabTo,
  unlock,
} from "./hands.mjs";

const STATES = [
  ...["received", "supplement", "accepted", "forwarded", "paused", "decided"],
  ...["delivered", "archived", "refused", "withdrawn", "returned"],
];

/** Every step that asks something first and waits in the sample, the department's among them. */
const STEPS = [
  ...["supply", "refuse", "withdraw", "lapse"],
  ...["forward", "department_accept", "department_supplement", "department_refuse", "send_back"],
  ...["pause", "extend", "decide", "terminate", "deliver", "do_at_once"],
];

/** All cases of the sample that still have something to come, and the latest of each state. */
async function briefs(served, filter) {
  return (await served.done("cases", { filter, limit: 500, offset: 0 })).cases;
}

/** The first case that offers a step. */
async function offering(served, step) {
  for (const { case: number } of await briefs(served, "open")) {
    const view = await served.done("case", { number });
    const actions = view.actions.filter((action) => action.step !== "correct");
    const at = actions.findIndex((action) => action.step === step);
    if (at >= 0 && actions[at].asks.length > 0) return { view, at, action: actions[at] };
  }
  throw new Error(`no open case offers ${step}`);
}

/** Opens the dialog of a step at the first case that offers it. */
async function openStep(page, served, step) {
  const { view, at, action } = await offering(served, step);
  await openCase(page, view.number);
  await pressStep(page, at);
  await focusIs(page, "dialog[open] *");
  return { view, action };
}

const lists = {
  cases: async (page) => {
    await page.press("Alt+2");
    await page.has("main [role=row].active");
    await settled(page);
  },
  "cases-row": async (page) => {
    await focusIs(page, "main [role=row]");
    await page.press("PageDown", "ArrowDown", "ArrowDown");
  },
  "cases-found": async (page) => {
    await page.press("Control+F");
    await page.type("juzhu");
    await settled(page);
  },
  "cases-nothing": async (page) => {
    await page.press("Control+A");
    await page.type("qqzzq");
    await page.has("main .note");
  },
  ...Object.fromEntries(
    ["due", "overdue", "supplement", "to_forward", "to_enter", "to_pick_up", "to_print", "all"].map(
      (filter) => [
        `cases-${filter.replaceAll("_", "-")}`,
        async (page) => {
          await page.press("Escape");
          await command(page, `cases.list.${filter}`);
          await page.has("main [role=row].active, main .note");
          await settled(page);
        },
      ],
    ),
  ),
};

const pages = Object.fromEntries(
  STATES.map((state) => [
    `case-${state}`,
    async (page, { served }) => {
      const found = (await briefs(served, "all")).find((brief) => brief.state === state);
      if (!found) throw new Error(`no case is ${state}`);
      await openCase(page, found.number);
    },
  ]),
);

const steps = Object.fromEntries(
  STEPS.map((step) => [
    `step-${step.replaceAll("_", "-")}`,
    async (page, { served }) => {
      await openStep(page, served, step);
    },
  ]),
);

/** Received without all its papers; the sample settles that at once. */
async function receiveWithout(served) {
  const { hits } = await served.done("search", { text: "9911", limit: 1, kinds: ["resident"] });
  const identity = { how: "last_four", last_four: "9911" };
  const brought = ["APP", "ID"].map((material) => ({ material, how: "paper", pages: 1 }));
  return served.done("receive_case", { item: "HJ002", person: hits[0].id, identity, brought });
}

const lacking = Object.fromEntries(
  ["request_supplement", "accept_deferred"].map((step) => [
    `step-${step.replaceAll("_", "-")}`,
    async (page, { served }) => {
      const { case: number, number: written } = await receiveWithout(served);
      const { actions } = await served.done("case", { number });
      await openCase(page, written);
      await pressStep(
        page,
        actions.findIndex((action) => action.step === step),
      );
      await focusIs(page, "dialog[open] *");
    },
  ]),
);

const more = {
  "step-unsaid": async (page, { served }) => {
    await openStep(page, served, "deliver");
    await page.press("Control+Enter");
    await page.has("dialog[open] [role=alert]");
  },
  // At the other window of this desk the case moves on, while the dialog is open here.
  "step-stale": async (page, { served }) => {
    const { view } = await openStep(page, served, "forward");
    await page.type("P202");
    const { actions } = view;
    const withdraw = { signed_by: "applicant", reason: "改到派出所直接办" };
    if (!actions.some(({ call }) => call === "withdraw_case")) throw new Error("it cannot be withdrawn");
    await served.done("withdraw_case", { case: view.case, ...withdraw });
    await page.press("Control+Enter");
    await page.has("dialog[open] .changed");
  },
  "step-compared": async (page) => {
    await focusIs(page, "dialog[open] .changed button");
    await page.press("Enter");
    await page.has("dialog[open] .changed section");
  },
  correct: async (page, { served }) => {
    await openCase(page, (await receiveWithout(served)).number);
    await page.press("Control+Z");
    await focusIs(page, "dialog[open] input, dialog[open] textarea");
  },
  "case-paper": async (page, { served }) => {
    const found = (await briefs(served, "all")).find(({ state }) => state === "decided");
    await openCase(page, found.number);
    await page.press("Control+P");
    await page.has("dialog[open] img", { timeout: 30_000 });
  },
  "case-record": async (page, { served }) => {
    const found = (await briefs(served, "all")).find(({ state }) => state === "decided");
    await openCase(page, found.number);
    await command(page, "case.prove");
    await page.has("main .page > .note.good", { timeout: 30_000 });
  },
  "case-day": async (page, { served }) => {
    const found = (await briefs(served, "open")).find(({ state }) => state === "forwarded");
    await openCase(page, found.number);
    await tabTo(page, ".strip [role=option]", true);
    await page.press("ArrowLeft", "ArrowLeft");
  },
};

export const cases = {
  prepare: sampleDesk,
  person: "王丽",
  enter: (page) => unlock(page),
  screens: { ...lists, ...pages, ...steps, ...lacking, ...more },
};

export const supervisor = {
  prepare: sampleDesk,
  person: "赵珊",
  enter: (page) => unlock(page, { digit: 3, isPair: false }),
  screens: {
    "supervisor-home": async (page) => {
      await new Clerk(page).isHome();
      await page.has(".strip .day");
    },
    "supervisor-case": async (page, { served }) => {
      const found = (await briefs(served, "open")).find(({ state }) => state === "accepted");
      await openCase(page, found.number);
    },
    "supervisor-void": async (page) => {
      await tabTo(page, "main .more button");
      for (let button = 0; button < 6 && (await page.count("dialog[open]")) === 0; button += 1) {
        const isPlain = await page.evaluate(() => !document.activeElement?.ariaKeyShortcuts);
        await page.press(isPlain ? "Enter" : "Tab");
      }
      await focusIs(page, "dialog[open] input, dialog[open] textarea");
    },
    "supervisor-voided": async (page) => {
      await page.type("同一件收了两次");
      await page.press("Control+Enter");
      await page.until("the dialog to close", async () => (await page.count("dialog[open]")) === 0);
      await settled(page);
      await clear(page);
    },
    "supervisor-sealed": async (page, { served }) => {
      await openPerson(page, people.zhang.letters, people.zhang.name);
      await addTag(page, served, { code: "M1", source: "镇卫健办 11 月名单" });
      await page.has("main .tags .hint");
    },
    "supervisor-sealed-opened": async (page) => {
      await commandAsks(page, "resident.restricted", "[role=radio]");
      await page.press("1");
      await page.has("dialog[open] ul li");
    },
    "supervisor-sealed-end": async (page) => {
      await tabTo(page, "dialog[open] ul li button");
      await page.press("Enter");
      await focusIs(page, "dialog[open] #field-code");
    },
  },
};
