// The counter: taking in a case in all its states, its papers, and answering a question.
import { sampleDesk } from "../../harness/desk.mjs";
import { Clerk } from "../clerk.mjs";
import {
  beginCase,
  checkIdentity,
  clear,
  focusIs,
  goHome,
  openPerson,
  people,
  PERMIT,
  settled,
  tabTo,
  unlock,
} from "./hands.mjs";

/** An item of ours to decide, with a limit. */
const GUARDIAN = { letters: "jhrzd", code: "ZM002" };
/** An item that ends at once in the department's system. */
const AT_ONCE = { letters: "jydj", code: "JY001" };

const DECISIONS = "main [role=toolbar] button";

/** Ticks every paper the focus moves on to. */
async function tickAll(page) {
  await focusIs(page, "main [role=checkbox]");
  for (let paper = 0; paper < 12; paper += 1) {
    const isTicked = await page.evaluate(() => document.activeElement?.ariaChecked === "true");
    if (isTicked) break;
    await page.press("Space");
  }
  await settled(page);
}

/** Takes the decision at a place of the bar. */
async function decide(page, at) {
  await tabTo(page, DECISIONS);
  for (let moved = 0; moved < 8; moved += 1) {
    const now = await page.evaluate(
      (all) => [...document.querySelectorAll(all)].indexOf(document.activeElement),
      DECISIONS,
    );
    if (now === at) break;
    await page.press(now < at ? "ArrowRight" : "ArrowLeft");
  }
  await page.press("Enter");
}

/** Waits for the picture of a page. */
const showsPage = (page) => page.has("img[src^='data:image/png']", { timeout: 30_000 });

const person = {
  accept: async (page) => {
    await goHome(page);
    await page.press("Control+N");
    await focusIs(page, "main input[role=combobox]");
  },
  "accept-person": async (page) => {
    await page.type("zhang");
    await page.has("main [role=option]");
  },
  "accept-nobody": async (page) => {
    await page.press("Control+A");
    await page.type("qqzzq");
    await page.has("main p.empty");
  },
  "accept-new": async (page) => {
    await tabTo(page, "main button");
    await page.press("Enter");
    await focusIs(page, "dialog[open] #field-name");
  },
  "accept-identity": async (page) => {
    await openPerson(page, people.zhang.letters, people.zhang.name);
    await page.press("Control+N");
    await focusIs(page, "main [role=radiogroup] [role=radio]");
  },
  "accept-wrong-four": async (page) => {
    await page.press("2");
    await focusIs(page, "#field-last_four");
    await page.type("1234");
    await page.has("main .problem");
  },
  "accept-known": async (page) => {
    await tabTo(page, "main [role=radiogroup] [role=radio]", true);
    await page.press("4");
    await focusIs(page, "#field-reason");
  },
  "accept-card": async (page) => {
    await tabTo(page, "main [role=radiogroup] [role=radio]", true);
    await page.press("1");
    await page.has(".identity .note");
  },
  "accept-item": async (page) => {
    await checkIdentity(page, people.zhang.lastFour);
    await focusIs(page, "main input[role=combobox]");
    await page.type("juzhu");
    await page.has("main [role=option]");
  },
  "accept-no-item": async (page) => {
    await page.press("Control+A");
    await page.type("qqzzq");
    await page.has("main p.empty");
  },
};

const papers = {
  "accept-papers": async (page) => {
    await page.press("Control+A");
    await new Clerk(page).chooseItem(PERMIT.letters, PERMIT.code);
    await page.press("Space");
    await settled(page);
  },
  "accept-problem": async (page) => {
    await page.press("/");
    await page.has("main .reasons");
  },
  "accept-problem-said": async (page) => {
    await page.press("2");
    await page.has("main .paper .tag.missing");
  },
  "accept-agent": async (page) => {
    await tabTo(page, "main [role=radiogroup] [role=radio]", true);
    await page.press("3");
    await page.has("#field-agent_name");
    await tabTo(page, "#field-agent_name");
    await page.type("李小红");
    await page.press("Enter");
    await page.type("320583199009099929");
    await settled(page);
  },
  "accept-others": async (page) => {
    await openPerson(page, people.guo.letters, people.guo.name);
    await page.press("Control+N");
    await checkIdentity(page, people.guo.lastFour);
    await focusIs(page, "main input[role=combobox]");
    await tabTo(page, "main [role=radiogroup] [role=radio]", true);
    await tabTo(page, "main [role=radiogroup][aria-labelledby=field-concerning-label] [role=radio]", true);
    await page.press("2");
    await page.has("#field-concerning_name");
  },
  "accept-banned": async (page) => {
    await goHome(page);
    await page.press("Control+N");
    await page.press("Escape");
    await page.press("F2");
    await page.type("qinshuguanxi");
    await page.has("header [role=option]");
  },
  "accept-ready": async (page) => {
    await beginCase(page, people.zhang, PERMIT);
    await tickAll(page);
    await page.until("the decision", () =>
      page.evaluate((all) => document.querySelector(all)?.classList.contains("chosen"), DECISIONS),
    );
  },
};

const decided = {
  print: async (page) => {
    await page.press("Control+Enter");
    await showsPage(page);
  },
  "print-no-printer": async (page) => {
    await page.press("Enter");
    await page.has("dialog[open] [role=alert], dialog[open] .note");
  },
  "print-large": async (page) => {
    await tabTo(page, "dialog[open] .more button");
    await page.press("Enter");
    await page.until(
      "the page to be set anew",
      async () => (await page.count("dialog[open] .waiting")) === 0,
    );
    await showsPage(page);
  },
  "accept-same": async (page) => {
    await goHome(page);
    await beginCase(page, people.zhang, PERMIT);
    await page.has("main .note.soon");
  },
  notice: async (page) => {
    await beginCase(page, people.gu, PERMIT);
    await page.press("Space");
    await settled(page);
    await page.press("Control+Enter");
    await focusIs(page, "main [role=row]");
    await showsPage(page);
  },
  "notice-looked": async (page) => {
    for (let row = 0; row < 8; row += 1) {
      if (!(await page.evaluate(() => document.activeElement?.role === "row"))) break;
      await page.press("Enter");
    }
    await showsPage(page);
  },
  "notice-added": async (page) => {
    await tabTo(page, "#field-added");
    await page.type("租赁合同原件");
    await page.press("Enter");
    await page.until("the line", async () => (await page.count("main [role=row]")) > 4);
    await showsPage(page);
  },
  "notice-print": async (page) => {
    await page.press("Control+Enter");
    await page.has("dialog[open]");
    await showsPage(page);
  },
  deferral: async (page) => {
    await goHome(page);
    await beginCase(page, people.guo, PERMIT);
    await page.press("Space", "Space");
    await settled(page);
    await decide(page, 2);
    await page.has("#field-until");
    await showsPage(page);
  },
  "deferral-no-printer": async (page) => {
    await page.press("Control+Enter");
    await page.has("main .note");
    await settled(page);
  },
  "deferral-signed": async (page) => {
    await tabTo(page, "#field-signed");
    await page.press("Space");
    await settled(page);
  },
  refusal: async (page) => {
    await goHome(page);
    await beginCase(page, people.shan, GUARDIAN);
    await page.press("Space", "Space");
    await settled(page);
    await decide(page, 3);
    await focusIs(page, "dialog[open] *");
    await page.has("dialog[open] [role=radio], dialog[open] select");
  },
  "refusal-unsaid": async (page) => {
    await page.press("Control+Enter");
    await page.has("dialog[open] [role=alert]");
  },
  "refusal-print": async (page) => {
    await tabTo(page, "dialog[open] [role=radio]");
    await page.press("1");
    await tabTo(page, "dialog[open] #field-text");
    await page.type("监护人指定由户籍地居委会办理，本社区不是户籍地。");
    await tabTo(page, "dialog[open] #field-go_to-name, dialog[open] .go-to input, dialog[open] [id*=go_to]");
    await page.type("户籍地居民委员会");
    await page.press("Control+Enter");
    await showsPage(page);
  },
  "at-once": async (page) => {
    await goHome(page);
    await beginCase(page, people.shan, AT_ONCE);
    await tickAll(page);
    await decide(page, 0);
    await page.has("dialog[open] input");
  },
  "at-once-unsaid": async (page) => {
    await page.press("Control+Enter");
    await page.has("dialog[open] [role=alert]");
  },
};

const enquiry = {
  enquiry: async (page) => {
    await goHome(page);
    await page.press("Alt+N", "4");
    await focusIs(page, "#field-question");
  },
  "enquiry-nothing": async (page) => {
    await page.press("Control+Enter");
    await page.has("main [role=alert]");
  },
  "enquiry-item": async (page) => {
    await tabTo(page, "#field-question");
    await page.type("租房的，居住证要带什么？");
    await tabTo(page, "#field-item");
    await page.type(PERMIT.letters);
    await page.has("main [role=option]");
    await page.press("Enter");
    await page.has("main .chosen");
  },
  "enquiry-banned": async (page) => {
    await goHome(page);
    await page.press("F2");
    await page.type("qinshuguanxi");
    await page.has("header [role=option]");
    await page.press("Enter");
    await page.has("main .note.soon");
    await focusIs(page, "#field-question");
  },
  "enquiry-slip": async (page) => {
    await page.type("要证明父子关系");
    await page.press("Control+Enter");
    await page.has("dialog[open]");
    await showsPage(page);
  },
};

export const counter = {
  prepare: sampleDesk,
  person: "王丽",
  enter: (page) => unlock(page),
  screens: { ...person, ...papers, ...decided, ...enquiry },
};
