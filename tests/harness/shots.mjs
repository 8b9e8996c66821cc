// `cargo xtask shots [GROUP …] [SCREEN …] [zh|en] [light|dark|hc] [1366|1920]`: a picture of every screen of
// tests/stories/screens.mjs in two sizes, two languages and three themes, in target/shots/. Fails when a screen has a
// serious finding of axe, sticks out sideways, loses the focus, breaks the content security policy, throws, or asks for
// something outside this machine.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser, openPage } from "./browser.mjs";
import { overflow } from "./watch.mjs";
import { groups } from "../stories/screens.mjs";
import { talkTo } from "../stories/served.mjs";

const SIZES = { 1366: [1366, 696], 1920: [1920, 1008] };
const LANGUAGES = ["zh", "en"];
const THEMES = ["light", "dark", "hc"];

const asked = process.argv.slice(2);
const known = Object.values(groups).flatMap(({ screens }) => Object.keys(screens));
const looks = [...LANGUAGES, ...THEMES, ...Object.keys(SIZES)];
const words = [...Object.keys(groups), ...known, ...looks];
const unknown = asked.filter((word) => !words.includes(word));
if (unknown.length > 0) {
  console.error(`There is no screen ${unknown.join(", ")}. There are: ${words.join(" ")}`);
  process.exit(1);
}
/** Those of a kind that were asked for; all, when none was. */
const wanted = (all) => {
  const some = all.filter((word) => asked.includes(word));
  return some.length > 0 ? some : all;
};
const groupsAsked = Object.keys(groups).filter((name) => asked.includes(name));
const named = [
  ...groupsAsked.flatMap((name) => Object.keys(groups[name].screens)),
  ...known.filter((name) => asked.includes(name)),
];
const screens = named.length > 0 ? named : known;
const [languages, themes, sizes] = [wanted(LANGUAGES), wanted(THEMES), wanted(Object.keys(SIZES))];

const out = fileURLToPath(new URL("../../target/shots", import.meta.url));
if (asked.length === 0) rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const browser = await openBrowser();
let findings = 0;
let pictures = 0;
// The languages side by side, each on desks of its own.
await Promise.all(
  languages.map(async (language) => {
    for (const group of Object.values(groups)) await photograph(group, language);
  }),
);
await browser.close();

console.log(`${screens.length} screens, ${pictures} pictures in target/shots, ${findings} findings`);
process.exit(findings > 0 ? 1 : 0);

/** The screens of a group in one language, as the machine and the person prefer it. */
async function photograph({ prepare, person, enter, screens: ways }, language) {
  const names = Object.keys(ways);
  // The way to a screen leads over those before it.
  const last = names.findLastIndex((name) => screens.includes(name));
  if (last < 0) return;
  const desk = await prepare();
  for (const as of person ? [undefined, person] : [undefined]) {
    await desk.done("save_preferences", { language, theme: "light" }, as);
  }
  const server = await desk.serve();
  const page = await openPage(browser, server.url);
  const tools = { desk, served: talkTo(server.url), server };
  try {
    await enter?.(page, tools);
    for (const name of names.slice(0, last + 1)) {
      try {
        await ways[name](page, tools);
        if (screens.includes(name)) await look(page, name, language);
      } catch (error) {
        tell(`${name}-${language}: ${error.message}`);
        await page.shot(join(out, `${name}-lost-${language}.png`));
      }
    }
  } finally {
    await page.close();
    await server.stop();
  }
}

/** A screen in every size and theme. The theme is put on in place, as the session does it. */
async function look(page, name, language) {
  for (const size of sizes) {
    await page.resize(...SIZES[size]);
    for (const theme of themes) {
      await page.evaluate((worn) => {
        document.documentElement.dataset.theme = worn;
      }, theme);
      const picture = `${name}-${size}-${language}-${theme}`;
      await page.shot(join(out, `${picture}.png`));
      pictures += 1;
      for (const fault of await faultsOf(page, rulesFor(size, theme))) tell(`${picture}: ${fault}`);
    }
  }
  await page.resize(...SIZES[1366]);
}

function tell(finding) {
  findings += 1;
  console.log(finding);
}

/** Names and roles are the same in every look: they are checked once, colours in each theme, at one size. */
function rulesFor(size, theme) {
  if (size !== sizes[0]) return [];
  return theme === themes[0] ? undefined : ["color-contrast"];
}

async function faultsOf(page, rules) {
  const { violations, errors, focus, strangers } = await page.seen();
  return [
    ...(rules?.length === 0 ? [] : await page.axe(rules)),
    ...[await page.evaluate(overflow)].filter(Boolean),
    ...(focus === null ? ["the focus is lost"] : []),
    ...violations.splice(0).map((violation) => `content security policy: ${violation}`),
    ...errors.map((error) => `error: ${error}`),
    ...strangers.map((address) => `asked for ${address}`),
  ];
}
