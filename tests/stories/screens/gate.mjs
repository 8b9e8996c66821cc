// Before anybody works: the set-up of a new machine, the lock screen, and a community in which nothing happened yet.
import { emptyDesk, freshDesk, PASSWORD, sampleDesk } from "../../harness/desk.mjs";
import { command, focusIs, goHome, settled, tabTo, unlock } from "./hands.mjs";

/** A person of the set-up, with the same password twice. */
async function person(page, name) {
  await focusIs(page, "#field-name");
  await page.type(name);
  await page.press("Enter");
  await page.type(PASSWORD);
  await page.press("Enter");
  await page.type(PASSWORD);
}

const step = (page, at) =>
  page.until(`step ${at} of the set-up`, () =>
    page.evaluate(
      (wanted) => document.querySelector("li[aria-current=step] .num")?.innerText === `${wanted}`,
      at,
    ),
  );

export const setUp = {
  prepare: emptyDesk,
  screens: {
    "set-up": (page) => focusIs(page, "#field-community"),
    "set-up-nothing": async (page) => {
      await page.press("Enter");
      await page.has("[role=alert]");
    },
    "set-up-person": async (page) => {
      await page.press("Tab");
      await page.type("海棠社区");
      await page.press("Enter");
      await step(page, 2);
      await focusIs(page, "#field-name");
    },
    "set-up-weak": async (page) => {
      await page.type("王丽");
      await page.press("Enter");
      await page.type("12345678");
      await page.press("Enter");
      await page.type("1234567");
      await page.press("Enter");
      await page.has("[role=alert]");
    },
    "set-up-second": async (page) => {
      await focusIs(page, "[role=alert]");
      for (const field of ["password", "again"]) {
        await tabTo(page, `#field-${field}`);
        await page.press("Control+A");
        await page.type(PASSWORD);
      }
      await page.press("Enter");
      await step(page, 3);
    },
    "set-up-supervisor": async (page) => {
      await person(page, "李强");
      await page.press("Enter");
      await step(page, 4);
      await person(page, "赵珊");
    },
    "set-up-code": async (page) => {
      await page.press("Enter");
      await page.has(".code", { timeout: 60_000 });
    },
  },
};

export const lock = {
  prepare: sampleDesk,
  person: "王丽",
  screens: {
    unlock: (page) => focusIs(page, "[role=radio]"),
    "unlock-wrong": async (page) => {
      await page.press("1");
      await focusIs(page, "input[type=password]");
      await page.type("haitang");
      await page.press("Enter");
      await page.has("[role=alert]");
    },
    "unlock-duty": async (page) => {
      await focusIs(page, "input[type=password]");
      await page.type(PASSWORD);
      await page.press("Enter");
      await focusIs(page, ".duty [role=radio]");
    },
  },
};

export const empty = {
  prepare: freshDesk,
  person: "王丽",
  enter: (page) => unlock(page),
  screens: {
    "empty-home": async (page) => {
      await goHome(page);
      await settled(page);
    },
    "empty-cases": async (page) => {
      await page.press("Alt+2");
      await page.has("main .note");
    },
    "empty-register": (page) => page.press("Alt+3"),
    "empty-printers": async (page) => {
      await command(page, "office.printers");
      await page.has("main .note");
    },
  },
};
