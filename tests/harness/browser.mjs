// Debian's Chromium on the page that `yichuang serve` gives to a browser on this machine.
//
// The page has the same methods as the real window (window.mjs), so that one story can be told in both.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { seriousIn } from "./report.mjs";
import { PACE } from "./keys.mjs";
import { sleep, until } from "./process.mjs";
import * as watch from "./watch.mjs";

// The packages of the tests are locked together with the UI's.
const require = createRequire(new URL("../../ui/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser. */
export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: FLAGS,
    timeout: 120_000,
  });
}

/** Opens a page of its own (nothing shared with others) at an address. */
export async function openPage(browser, url, { width = 1366, height = 696, colorScheme } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    ...(colorScheme ? { colorScheme } : {}),
  });
  const page = await context.newPage();
  // Nothing may leave this machine; what tries is a fault of ours.
  const strangers = [];
  await context.route(
    (address) =>
      !["127.0.0.1", "localhost", "[::1]"].includes(address.hostname) && address.protocol.startsWith("http"),
    (route) => {
      strangers.push(route.request().url());
      return route.abort();
    },
  );
  await page.addInitScript(watch.install);
  await page.goto(url, { timeout: 120_000 });
  return new BrowserPage(page, context, strangers);
}

/** Starts the local page of a desk and a browser on it; `close` ends both. */
export async function openDesk(desk, options = {}) {
  const server = await desk.serve();
  let browser;
  try {
    browser = await openBrowser();
    const page = await openPage(browser, server.url, options);
    const closePage = page.close.bind(page);
    page.close = async () => {
      await closePage();
      await browser.close();
      await server.stop();
    };
    page.url = server.url;
    page.browser = browser;
    return page;
  } catch (error) {
    await browser?.close();
    await server.stop();
    throw error;
  }
}

class BrowserPage {
  kind = "browser";

  constructor(page, context, strangers) {
    this.page = page;
    this.context = context;
    this.strangers = strangers;
  }

  until(what, look, options) {
    return until(what, look, options);
  }

  evaluate(work, ...args) {
    const source = typeof work === "string" ? work : `(${work})(...${JSON.stringify(args)})`;
    return this.page.evaluate(source);
  }

  /** Chords, one after the other: "Control+Enter", "F2", "a". A letter in a chord is the key, not the capital. */
  async press(...chords) {
    for (const chord of chords) {
      await this.page.keyboard.press(chord.replace(/\+([A-Z])$/, (_, letter) => `+${letter.toLowerCase()}`));
      await sleep(PACE);
    }
  }

  /** Letters at the pace of a typist; what no key has (漢字) goes in as an input method would give it. */
  async type(text, { pace = PACE } = {}) {
    await this.page.keyboard.type(text, { delay: pace });
  }

  /** What a reader or scanner types: a burst, and Enter. */
  async scan(text) {
    await this.page.keyboard.type(text);
    await this.page.keyboard.press("Enter");
    await sleep(PACE);
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
    const has = (all) => (text instanceof RegExp ? text.test(all) : all.includes(text));
    return until(`the text ${text}`, async () => has(await this.allText()), options);
  }

  /** Waits until an element is there. */
  has(selector, options) {
    return until(`an element ${selector}`, () => this.count(selector), options);
  }

  async seen() {
    return { ...(await this.evaluate(watch.seen)), strangers: this.strangers };
  }

  forget() {
    return this.evaluate(watch.forget);
  }

  resize(width, height) {
    return this.page.setViewportSize({ width, height });
  }

  async shot(path) {
    await this.evaluate(watch.ready);
    await this.page.screenshot({ path });
  }

  /**
   * What axe finds that is serious or critical, a line each; with `rules` only by those. Injected past the security
   * policy, which stays on.
   */
  async axe(rules) {
    await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(
      (some) => globalThis.axe.run(document, { resultTypes: ["violations"], ...(some && { runOnly: some }) }),
      rules,
    );
    return seriousIn(violations);
  }

  async close() {
    await this.context.close();
  }
}
