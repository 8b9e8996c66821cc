// `cargo xtask shots [SCREEN …]`: a picture of every screen of tests/stories/screens.mjs in two sizes, two languages and
// three themes, in target/shots/. Fails when a screen has a serious finding of axe, sticks out sideways, loses the
// focus, breaks the content security policy, throws, or asks for something outside this machine.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser, openPage } from "./browser.mjs";
import { overflow } from "./watch.mjs";
import { groups } from "../stories/screens.mjs";

const SIZES = [
  [1366, 696],
  [1920, 1008],
];
const LOOKS = ["zh", "en"].flatMap((language) =>
  ["light", "dark", "hc"].map((theme) => ({ language, theme })),
);

const asked = process.argv.slice(2);
const known = groups.flatMap(({ screens }) => Object.keys(screens));
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no screen ${unknown.join(", ")}. There are: ${known.join(" ")}`);
  process.exit(1);
}
const out = fileURLToPath(new URL("../../target/shots", import.meta.url));
if (asked.length === 0) rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const browser = await openBrowser();
const findings = [];
let pictures = 0;
for (const group of groups) {
  const names = Object.keys(group.screens).filter((name) => asked.length === 0 || asked.includes(name));
  if (names.length === 0) continue;
  const desk = await group.prepare();
  for (const look of LOOKS) await photograph(desk, group, names, look);
}
await browser.close();

for (const finding of findings) console.log(finding);
console.log(`${pictures} pictures in target/shots, ${findings.length} findings`);
process.exit(findings.length > 0 ? 1 : 0);

/** All screens of a group in one language and theme, as the machine and the person prefer them. */
async function photograph(desk, { person, enter, screens }, names, { language, theme }) {
  for (const as of person ? [undefined, person] : [undefined]) {
    await desk.done("save_preferences", { language, theme }, as);
  }
  const server = await desk.serve();
  const page = await openPage(browser, server.url);
  try {
    await enter?.(page, { desk, language });
    for (const name of names) {
      await page.resize(...SIZES[0]);
      try {
        await screens[name](page, { desk, language });
      } catch (error) {
        findings.push(`${name}-${language}-${theme}: ${error.message}`);
        continue;
      }
      for (const [width, height] of SIZES) {
        await page.resize(width, height);
        const picture = `${name}-${width}-${language}-${theme}`;
        await page.shot(join(out, `${picture}.png`));
        pictures += 1;
        findings.push(...(await faultsOf(page)).map((fault) => `${picture}: ${fault}`));
      }
    }
  } finally {
    await page.close();
    await server.stop();
  }
}

async function faultsOf(page) {
  const { violations, errors, focus, strangers } = await page.seen();
  return [
    ...(await page.axe()),
    ...[await page.evaluate(overflow)].filter(Boolean),
    ...(focus === null ? ["the focus is lost"] : []),
    ...violations.splice(0).map((violation) => `content security policy: ${violation}`),
    ...errors.map((error) => `error: ${error}`),
    ...strangers.map((address) => `asked for ${address}`),
  ];
}
