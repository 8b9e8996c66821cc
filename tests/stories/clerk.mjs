// What a clerk does at the window, key by key, in the browser and in the real window alike.
//
// It never points, never asks the desk, and decides only by what the screen shows.
import { PASSWORD } from "../harness/desk.mjs";

/** How long a look at a list takes, and how long a person waits for a name to turn up there before typing more. */
const GLANCE_MS = 150;
const PATIENCE_MS = 1_500;

/** A person at the keyboard of a page, counting what they press: a chord is one, a letter is one. */
export class Clerk {
  keys = 0;

  constructor(page) {
    this.page = page;
  }

  /** Chords one after the other: "Control+Enter", "ArrowDown", "1". */
  async press(...chords) {
    await this.page.press(...chords);
    this.keys += chords.length;
  }

  /** Letters into the field that has the focus. */
  async type(letters) {
    await this.page.type(letters);
    this.keys += [...letters].length;
  }

  /** Waits until something can be read. */
  shows(text) {
    return this.page.shows(text);
  }

  /** At the lock screen: who, password, Enter; the pair is asked who holds the window. Ends at home. */
  async unlock(digit = 1, how = {}) {
    await this.comeBack(digit, how);
    await this.isHome();
  }

  /** The same, where it does not end at home: whoever locked the screen goes on where they were. */
  async comeBack(digit = 1, { isPair = true, password = PASSWORD } = {}) {
    await this.page.has("input[type=password]");
    await this.focusIs("[role=radio]");
    await this.press(`${digit}`);
    await this.focusIs("input[type=password]");
    await this.type(password);
    await this.press("Enter");
    if (isPair) {
      await this.focusIs(".duty [role=radio]");
      await this.press("Enter");
    }
  }

  /** Waits until the desk home is there and the search box has the focus. */
  async isHome() {
    await this.page.until("the desk home", () =>
      this.page.evaluate(
        () => ["", "#/", "#/window"].includes(location.hash) && document.querySelector("nav") !== null,
      ),
    );
    await this.focusIs("header [role=combobox]");
  }

  /** The rows under the search box, as they are read: what, name, details. */
  hits() {
    return this.page.evaluate(() =>
      [...document.querySelectorAll("header [role=option]")].map((row) => {
        const read = (part) => row.querySelector(part)?.innerText ?? "";
        return {
          title: read(".title"),
          detail: read(".detail"),
          isChosen: row.ariaSelected === "true",
        };
      }),
    );
  }

  /** Looks for a row under the search box: where it is, or -1 when the list has stood still without it for a while. */
  async look(isTheOne) {
    let before = "";
    let since = Date.now();
    const { row } = await this.page.until("a list to look at", async () => {
      const hits = await this.hits();
      const now = JSON.stringify(hits);
      if (now !== before) since = Date.now();
      before = now;
      const row = hits.findIndex(isTheOne);
      const needed = row >= 0 ? GLANCE_MS : PATIENCE_MS;
      return Date.now() - since >= needed ? { row } : undefined;
    });
    return row;
  }

  /** Goes to a person's row with ↓, looks once more, and opens it. */
  async choosePerson(isTheOne) {
    const chosen = () => this.hits().then((hits) => hits.findIndex(({ isChosen }) => isChosen));
    for (let row = await this.look(isTheOne), at = await chosen(); at < row; at += 1)
      await this.press("ArrowDown");
    await this.page.until("the row to be the chosen one", async () =>
      (await this.hits()).some((hit) => hit.isChosen && isTheOne(hit)),
    );
    await this.press("Enter");
  }

  /** Types into the search box and opens the person's row. */
  async findPerson(letters, isTheOne) {
    await this.type(letters);
    await this.choosePerson(isTheOne);
  }

  /** Waits until the focus is where a person would expect it. */
  focusIs(selector) {
    return this.page.until(`the focus in ${selector}`, () =>
      this.page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector),
    );
  }

  /** On the page of a new case: the last four characters of the card, which the machine compares. */
  async checkIdentity(lastFour) {
    await this.focusIs("[role=radiogroup] [role=radio]");
    await this.press("2");
    await this.focusIs("#field-last_four");
    await this.type(lastFour);
    await this.shows("已核对");
  }

  /** Then the item: letters, Enter takes the first. Ends on the first paper. */
  async chooseItem(letters, code) {
    await this.focusIs("input[role=combobox]");
    await this.type(letters);
    await this.page.until(`${code} to be the first item`, () =>
      this.page.evaluate((wanted) => {
        const first = document.querySelector("main [role=listbox] [role=option]");
        return first?.innerText.includes(wanted) ?? false;
      }, code),
    );
    await this.press("Enter");
    await this.focusIs("[role=checkbox]");
  }

  /** Ticks the paper that has the focus, and those the focus moves on to. */
  async tick(papers) {
    for (let paper = 0; paper < papers; paper += 1) await this.press("Space");
  }

  /** Waits until Ctrl+Enter would carry out this decision. */
  decides(label) {
    return this.page.until(`the decision ${label}`, () =>
      this.page.evaluate((wanted) => {
        const button = document.querySelector("[role=toolbar] button[aria-keyshortcuts='Control+Enter']");
        return button?.innerText.trim().startsWith(wanted) ?? false;
      }, label),
    );
  }

  /** Waits until the page of a person is there, and nothing else has the focus. */
  async showsPageOf(name) {
    await this.page.until(`the page of ${name}`, () =>
      this.page.evaluate(
        (wanted) =>
          location.hash.startsWith("#/register/") &&
          (document.querySelector("main")?.innerText.includes(wanted) ?? false) &&
          (document.querySelector("main")?.contains(document.activeElement) ?? false),
        name,
      ),
    );
  }

  /** How many papers are still missing, as the head of the checklist says. */
  async missing() {
    return Number(/缺 (\d+)/.exec(await this.page.text("main"))?.[1] ?? 0);
  }

  /** Waits until a paper of this code is on the screen as a picture of its page. Gives the number of its case. */
  async showsPaper(code) {
    return this.page.until(`the paper ${code}`, () =>
      this.page.evaluate((wanted) => {
        const dialog = document.querySelector("dialog[open]");
        if (!dialog?.querySelector("img") || !dialog.contains(document.activeElement)) return null;
        return new RegExp(`(XM\\w{12})-${wanted}`).exec(dialog.innerText)?.[1];
      }, code),
    );
  }

  /** Tab until a button has the focus, then Enter. */
  async chooseButton(label) {
    for (let at = 0; at < 40; at += 1) {
      const written = await this.page.evaluate(() => document.activeElement?.innerText ?? "");
      if (written.trim().startsWith(label)) return this.press("Enter");
      await this.press("Tab");
    }
    throw new Error(`Tab does not reach ${label}`);
  }
}
