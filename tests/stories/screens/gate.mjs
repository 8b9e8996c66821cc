// Before anybody works: the set-up of a new machine, the lock screen, and a community in which nothing happened yet.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { emptyDesk, freshDesk, NEW_PASSWORD, PASSWORD, sampleDesk, scratch } from "../../harness/desk.mjs";
import { backUp, command, focusIs, goHome, settled, tabTo, unlock } from "./hands.mjs";

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
      await focusIs(page, "#field-password");
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
    "set-up-backup": async (page) => {
      await page.press("Enter");
      await step(page, 6);
      await focusIs(page, "#field-folder");
    },
    "set-up-backup-nowhere": async (page) => {
      await page.type("/media/nobody/stick");
      await page.press("Enter");
      await page.has("[role=alert]");
    },
    "set-up-backup-made": (page) => backUp(page),
  },
};

/** A community of somewhere else: its backup, and the code that opens it. */
async function backedUp() {
  const desk = await freshDesk();
  const { value } = JSON.parse(await desk.must(["backup", "--to", scratch("stick"), "--as", "王丽"]));
  return { file: value.file, code: desk.code };
}

/** Types over what stands in the fields of a form, from the first to the last; Enter sends it. */
async function fill(page, fields) {
  for (const [field, typed] of Object.entries(fields)) {
    await tabTo(page, `#field-${field}`);
    await page.press("Control+A");
    await page.type(typed);
  }
  await page.press("Enter");
}

export const restoring = {
  prepare: emptyDesk,
  screens: {
    restore: async (page) => {
      await focusIs(page, "#field-community");
      await page.press("Tab", "Tab", "Enter");
      await focusIs(page, "#field-file");
    },
    "restore-wrong": async (page) => {
      const { file } = await backedUp();
      await fill(page, { file, code: "1234-5678", password: PASSWORD, again: PASSWORD });
      await page.has("[role=alert]");
    },
    "restore-done": async (page) => {
      const { file, code } = await backedUp();
      await tabTo(page, "#field-file");
      await fill(page, { file, code, password: PASSWORD, again: PASSWORD });
      await page.has(".note.good");
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

/** Tries to unlock for the first person until no password helps, and opens the envelope. */
async function openEnvelope(page) {
  await focusIs(page, "[role=radio]");
  await page.press("1");
  await focusIs(page, "input[type=password]");
  await page.type("haitang");
  await page.press("Enter");
  await page.has(".envelope button");
  await tabTo(page, ".envelope button");
}

const typed = { password: NEW_PASSWORD, again: NEW_PASSWORD };

/** The first person typed wrong passwords until the desk makes them wait. */
export const envelope = {
  prepare: freshDesk,
  person: "王丽",
  enter: async (page, { served }) => {
    const { people } = await served.done("status");
    for (let tried = 0; tried < 9; tried += 1) {
      const { refusal } = await served.ask("unlock", { person: people[0].id, password: "haitang" });
      if (refusal.reason === "wait") return;
    }
    throw new Error("nobody has to wait");
  },
  screens: {
    "unlock-wait": openEnvelope,
    rescue: async (page) => {
      await page.press("Enter");
      await focusIs(page, "#field-code");
    },
    "rescue-colleague": async (page, { desk }) => {
      await fill(page, { code: desk.code, ...typed });
      await page.has("#field-colleague_password");
    },
    "rescue-colleague-wrong": async (page) => {
      await tabTo(page, "[role=radiogroup] [role=radio]");
      await page.press("1");
      await fill(page, { colleague_password: "haitang" });
      await page.until("the colleague's password to be wrong", () =>
        page.evaluate(() => document.querySelector("#field-colleague_password")?.ariaInvalid === "true"),
      );
    },
    "rescue-done": async (page) => {
      await fill(page, { colleague_password: PASSWORD });
      await focusIs(page, ".duty [role=radio]");
    },
  },
};

/** A machine whose key store forgot it: what passwords go with is gone. */
async function forgetfulDesk() {
  const desk = await freshDesk();
  const folder = join(desk.data, "device");
  for (const file of readdirSync(folder)) if (file.endsWith(".secret")) rmSync(join(folder, file));
  return desk;
}

export const forgetful = {
  prepare: forgetfulDesk,
  screens: {
    "unlock-forgot": openEnvelope,
    "rescue-wrong": async (page) => {
      await page.press("Enter");
      await focusIs(page, "#field-code");
      await fill(page, { code: "1234-5678", ...typed });
      await page.has("[role=alert]");
    },
    "rescue-differs": async (page) => {
      await fill(page, { again: PASSWORD });
      await page.until("the second password to be wrong", () =>
        page.evaluate(() => document.querySelector("#field-again")?.ariaInvalid === "true"),
      );
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
