// The ways that several groups of screens share. Nothing here depends on the language: it looks for places and names.
import { scratch } from "../../harness/desk.mjs";
import { Clerk } from "../clerk.mjs";

/** The counter of the item that one waits longest for in the stories: collected for the police station. */
export const PERMIT = { letters: "jzzsl", code: "HJ002" };

/** At the lock screen: who, the password, and for the pair who holds the window. */
export async function unlock(page, { digit = 1, isPair = true } = {}) {
  const clerk = new Clerk(page);
  await clerk.unlock(digit, { isPair });
}

/** Closes every layer that is open. */
export async function clear(page) {
  for (let layer = 0; layer < 6 && (await page.count("dialog[open]")) > 0; layer += 1) {
    await page.press("Escape");
  }
  await page.until("no layer", async () => (await page.count("dialog[open]")) === 0);
}

/** From wherever it is to the desk home. */
export async function goHome(page) {
  await clear(page);
  await page.press("Alt+1");
  await new Clerk(page).isHome();
}

/** Waits until the focus is somewhere. */
export const focusIs = (page, selector) => new Clerk(page).focusIs(selector);

/** Waits until the desk has answered everything: nothing on the page is still being asked for. */
export async function settled(page) {
  await page.until("every answer", async () => (await page.count("[aria-busy=true]")) === 0);
}

/** The first row of a search for letters; waits until there is one. */
export async function search(page, letters) {
  await clear(page);
  await page.press("F2");
  await page.type(letters);
  await page.has("header [role=option]");
}

/** Opens a person's page by name. */
export async function openPerson(page, letters, name) {
  await clear(page);
  await page.press("F2");
  const clerk = new Clerk(page);
  await clerk.findPerson(letters, ({ title }) => title === name);
  await clerk.showsPageOf(name);
  await settled(page);
}

/** Opens a case by its number. */
export async function openCase(page, number) {
  await clear(page);
  await page.press("F2");
  await page.type(number);
  await page.has("header [role=option]");
  await page.press("Enter");
  await page.until(`the page of ${number}`, () =>
    page.evaluate((wanted) => document.querySelector("section.head")?.ariaLabel === wanted, number),
  );
  await settled(page);
}

/** The palette, with a command found by its name in the program, which both languages share. */
async function findCommand(page, letters) {
  await clear(page);
  await page.press("Control+K");
  await focusIs(page, "dialog[open] input");
  await page.type(letters);
  await page.has("dialog[open] [role=option]");
}

/** Runs a command of the palette. */
export async function command(page, letters) {
  await findCommand(page, letters);
  await page.press("Enter");
  await page.until("the palette to close", async () => (await page.count("dialog[open]")) === 0);
}

/** Moves with Tab until the focus is in a place. */
export async function tabTo(page, selector, back = false) {
  for (let step = 0; step < 60; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.press(back ? "Shift+Tab" : "Tab");
  }
  throw new Error(`Tab does not reach ${selector}`);
}

/** Goes to a step's button in the bar of the page, by its place, and presses it. */
export async function pressStep(page, at) {
  const buttons = "main [role=toolbar] button";
  await focusIs(page, buttons);
  for (let moved = 0; moved < 40; moved += 1) {
    const now = await page.evaluate(
      (all) => [...document.querySelectorAll(all)].indexOf(document.activeElement),
      buttons,
    );
    if (now === at) break;
    await page.press(now < at ? "ArrowRight" : "ArrowLeft");
  }
  await page.press("Enter");
}

/** Checks the identity of the applicant by the end of the number. */
export async function checkIdentity(page, lastFour) {
  await focusIs(page, "main [role=radiogroup] [role=radio]");
  await page.press("2");
  await focusIs(page, "#field-last_four");
  await page.type(lastFour);
  await page.has(".identity .tag.done");
}

/** Up to the checklist: a person, their identity, an item. */
export async function beginCase(page, person, { letters, code }) {
  await openPerson(page, person.letters, person.name);
  await page.press("Control+N");
  await checkIdentity(page, person.lastFour);
  await new Clerk(page).chooseItem(letters, code);
  await settled(page);
}

/** Chooses an empty stick for backups and makes one. */
export async function backUp(page) {
  await tabTo(page, "#field-folder");
  await page.press("Control+A");
  await page.type(scratch("stick"));
  await page.press("Enter");
  await tabTo(page, ".backup .go button");
  await page.press("Enter");
  await page.has(".backup .note.good");
}

/** Somebody of every sample. */
export const people = {
  zhang: { letters: "zhangsan", name: "张三", lastFour: "9911" },
  shan: { letters: "shanxiaofang", name: "单晓芳", lastFour: "9929" },
  guo: { letters: "guoxiaohong", name: "过小红", lastFour: "9949" },
  gu: { letters: "guada", name: "顾阿大", lastFour: "9910" },
};

/** Adds a care tag to the resident whose page is open, as whoever sits there. */
export async function addTag(page, served, { code, source }) {
  const person = await page.evaluate(() => location.hash.split("/").at(-1));
  await served.done("add_care_tag", { person, code, from: "2026-03-02", source });
}

/** Runs a command of the palette that asks something first: a dialog takes the palette's place. */
export async function commandAsks(page, letters, selector) {
  await findCommand(page, letters);
  await page.press("Enter");
  await focusIs(page, `dialog[open] ${selector}`);
}
