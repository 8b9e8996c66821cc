// The desk: home, search, residents, what lies over every page, and the office.
import { NEW_PASSWORD, PASSWORD, sampleDesk } from "../../harness/desk.mjs";
import {
  addTag,
  backUp,
  beginCase,
  clear,
  command,
  commandAsks,
  focusIs,
  goHome,
  openPerson,
  people,
  PERMIT,
  search,
  settled,
  tabTo,
  unlock,
} from "./hands.mjs";

const home = {
  // Somebody was called away in the middle: a draft.
  home: async (page) => {
    await beginCase(page, people.shan, { letters: "lhjy", code: "SB006" });
    await page.press("Space");
    await page.has("section.bar");
    await goHome(page);
    await page.has("main [role=row].active .name, main [role=row].active");
    await page.has(".strip .day");
    await settled(page);
  },
  "home-row": async (page) => {
    await page.press("F6", "F6", "F6");
    await tabTo(page, "main [role=row]");
    await page.press("ArrowDown", "ArrowDown");
    await settled(page);
  },
  "home-facing": async (page) => {
    await command(page, "shell.facing");
    await goHome(page);
    await page.has("header [aria-pressed=true]");
    await page.has(".strip .day");
  },
  duty: async (page) => {
    await command(page, "shell.facing");
    await page.press("Control+D");
    await focusIs(page, "dialog[open] [role=radio]");
  },
  palette: async (page) => {
    await clear(page);
    await page.press("Control+K");
    await focusIs(page, "dialog[open] input");
  },
  "palette-nothing": async (page) => {
    await page.type("zzz");
    await page.has("dialog[open] .nothing");
  },
  keys: async (page) => {
    await clear(page);
    await page.press("F1");
    await page.has("dialog[open] kbd");
  },
};

const found = {
  "search-person": (page) => search(page, "zhang"),
  "search-item": (page) => search(page, "juzhu"),
  "search-case": (page) => search(page, "XM261102A0005L"),
  "search-nothing": async (page) => {
    await page.press("F2");
    await page.type("qqzzq");
    await page.until("no row", async () => (await page.count("header [role=option]")) === 0);
    await page.has("header [role=status]");
  },
};

/** Types over a field of the office. */
async function typeOver(page, field, typed) {
  await tabTo(page, `main #field-${field}`);
  await page.press("Control+A");
  await page.type(typed);
}

const register = {
  register: async (page) => {
    await clear(page);
    await page.press("Alt+3");
    await focusIs(page, "main input[type=search]");
  },
  "register-found": async (page) => {
    await page.type("wangli");
    await page.has("main [role=row].active");
    await settled(page);
  },
  "register-nothing": async (page) => {
    await page.press("Control+A");
    await page.type("qqzzq");
    await page.has("main .note");
  },
  resident: (page) => openPerson(page, people.zhang.letters, people.zhang.name),
  "resident-busy": async (page, { served }) => {
    const { cases } = await served.done("cases", { filter: "open", limit: 1, offset: 0 });
    await openPerson(page, cases[0].name, cases[0].name);
  },
  "resident-reveal": async (page) => {
    await openPerson(page, people.zhang.letters, people.zhang.name);
    await tabTo(page, ".masked button");
    await page.press("Enter");
    await focusIs(page, "dialog[open] [role=radio]");
  },
  "resident-revealed": async (page) => {
    await page.press("1");
    await page.has(".masked [role=timer]");
  },
  "resident-edit": async (page) => {
    await page.press("Alt+Enter");
    await focusIs(page, "dialog[open] #field-name");
  },
  "resident-edit-wrong": async (page) => {
    await tabTo(page, "dialog[open] #field-phone");
    await page.type("154000");
    await page.press("Control+Enter");
    await page.has("dialog[open] [role=alert]");
  },
  "resident-tag-add": async (page) => {
    await openPerson(page, people.zhang.letters, people.zhang.name);
    await commandAsks(page, "resident.addTag", "#field-code");
  },
  "resident-tag-unsaid": async (page) => {
    await page.press("Control+Enter");
    await page.has("dialog[open] [role=alert]");
  },
  "resident-tagged": async (page) => {
    await tabTo(page, "dialog[open] #field-code");
    await page.press("ArrowDown");
    await tabTo(page, "dialog[open] #field-source");
    await page.type("镇卫健办 11 月名单");
    await page.press("Control+Enter");
    await page.until("the dialog to close", async () => (await page.count("dialog[open]")) === 0);
    await settled(page);
  },
  "resident-tag-end": async (page, { served }) => {
    await addTag(page, served, { code: "D1", source: "残疾人证" });
    await page.has("main .tags .row button:nth-child(3)");
    await commandAsks(page, "resident.endTag", "#field-code");
  },
  "resident-restricted": async (page) => {
    await commandAsks(page, "resident.restricted", "[role=radio]");
  },
  "resident-restricted-opened": async (page) => {
    await page.press("1");
    await page.has("dialog[open] ul li");
  },
  "resident-new": async (page) => {
    await clear(page);
    await page.press("Alt+N", "5");
    await focusIs(page, "main #field-name");
  },
  "resident-new-number": async (page) => {
    await page.type("钱小满");
    await tabTo(page, "main #field-id_number");
    await page.type("320583199509109930");
    await tabTo(page, "main #field-address");
    await page.type("12-3-502");
    await settled(page);
  },
  "resident-new-same": async (page) => {
    await tabTo(page, "main #field-id_number", true);
    await page.press("Control+A");
    await page.type("320583198103079911");
    await tabTo(page, "main #field-phone");
  },
  "resident-new-wrong": async (page) => {
    await page.press("Alt+1", "Alt+N", "5");
    await focusIs(page, "main #field-name");
    await tabTo(page, "main #field-id_number");
    await page.type("320583198103079912");
    await tabTo(page, "main #field-phone");
    await page.type("12");
    await page.press("Control+Enter");
    await page.has("main [role=alert]");
  },
};

/** Whether a check of the record ended so. */
const verified = (page, how) =>
  page.evaluate(
    (kind) =>
      document.querySelector(`main .verify .note.${kind}`) !== null &&
      document.querySelector("main .verify [aria-busy]") === null,
    how,
  );

const office = {
  "office-me": async (page) => {
    await clear(page);
    await page.press("Alt+0");
    await focusIs(page, "nav.sections a");
    await settled(page);
  },
  "office-pin-wrong": async (page) => {
    await tabTo(page, "#field-pin");
    await page.type("1234");
    await page.press("Enter");
    await page.type("4321");
    await page.press("Enter");
    await page.has("main [role=alert]");
  },
  "office-pin": async (page) => {
    for (const field of ["pin", "pin-again"]) {
      await tabTo(page, `#field-${field}`);
      await page.press("Control+A");
      await page.type("482915");
    }
    await page.press("Enter");
    await page.has("main .note.good");
  },
  "office-password-wrong": async (page) => {
    await typeOver(page, "old", PASSWORD);
    await typeOver(page, "new", "12345678");
    await typeOver(page, "again", "1234567");
    await page.press("Enter");
    await page.has("main [role=alert]");
  },
  "office-password": async (page) => {
    await typeOver(page, "new", NEW_PASSWORD);
    await typeOver(page, "again", NEW_PASSWORD);
    await page.press("Enter");
    await page.until("the password to be changed", async () => (await page.count("main .note.good")) === 2);
  },
  "office-compact": async (page) => {
    await command(page, "shell.compact");
    await goHome(page);
    await page.has(".strip .day");
  },
  "office-large": async (page) => {
    await command(page, "shell.comfortable");
    await page.press("Control+Equal", "Control+Equal");
    await goHome(page);
    await page.has(".strip .day");
  },
  ...Object.fromEntries(
    ["catalogue", "calendar", "staff", "machine", "backup", "printers"].map((section) => [
      `office-${section}`,
      async (page) => {
        await page.press("Control+0");
        await command(page, `office.${section}`);
        await focusIs(page, "nav.sections a");
        await settled(page);
      },
    ]),
  ),
  "office-machine-sound": async (page) => {
    await command(page, "office.machine");
    await tabTo(page, "main .verify button");
    await page.press("Enter");
    await page.has("main .verify .note", { timeout: 60_000 });
  },
  "office-day-end": async (page) => {
    await tabTo(page, "main .day-end button");
    await page.press("Enter");
    await page.has("main .day-end .note", { timeout: 60_000 });
  },
  "office-head": async (page, { served }) => {
    const { head_hash: head } = await served.done("day_end");
    await typeOver(page, "head", head);
    await page.press("Enter");
    await page.until("the head to be found", () => verified(page, "good"));
  },
  "office-head-strange": async (page) => {
    await typeOver(page, "head", "0".repeat(64));
    await page.press("Enter");
    await page.until("the head not to be found", () => verified(page, "refused"));
  },
  "office-backup-made": async (page) => {
    await command(page, "office.backup");
    await backUp(page);
  },
  "office-sheet": async (page) => {
    await typeOver(page, "password", NEW_PASSWORD);
    await page.press("Enter");
    await page.has("main .sheet .code");
  },
  "office-sheet-no-printer": async (page) => {
    await tabTo(page, "main .sheet .said button");
    await page.press("Enter");
    await page.has("main .sheet .note");
  },
  "office-item": async (page) => {
    await command(page, "office.catalogue");
    await tabTo(page, "main input");
    await page.type(PERMIT.code);
    await page.has("main [role=row].active");
    await settled(page);
    await tabTo(page, "main [role=row]");
    await page.press("Enter");
    await page.has("main dl");
    await settled(page);
  },
  gallery: async (page) => {
    await command(page, "shell.gallery");
    await page.has("main h2");
  },
};

const covered = {
  shade: async (page) => {
    await goHome(page);
    await page.press("F9");
    await focusIs(page, "dialog[open] #field-pin");
  },
  "shade-wrong": async (page) => {
    await page.type("111111");
    await page.press("Enter");
    await page.has("dialog[open] [role=alert]");
  },
  "shade-lifted": async (page) => {
    await page.type("482915");
    await page.press("Enter");
    await page.until("the page", async () => (await page.count("dialog[open]")) === 0);
  },
  // The last one: the program behind the page is gone.
  failure: async (page, { server }) => {
    await goHome(page);
    await server.stop();
    await page.press("F2");
    await page.type("zhang");
    await page.has("[role=alert]");
  },
};

export const desk = {
  prepare: sampleDesk,
  person: "王丽",
  enter: (page) => unlock(page),
  screens: { ...home, ...found, ...register, ...office, ...covered },
};
