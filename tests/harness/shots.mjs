// `cargo xtask shots [SCREEN …]`: a picture of every screen of tests/stories/screens.mjs in two sizes, two languages and
// three themes, in target/shots/. Fails when a screen has a serious finding of axe, sticks out sideways, loses the
// focus, breaks the content security policy, throws, or asks for something outside this machine.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser, openPage } from "./browser.mjs";
import { overflow } from "./watch.mjs";
import { enter, prepare, screens } from "../stories/screens.mjs";

const SIZES = [
  [1366, 696],
  [1920, 1008],
];
const LANGUAGES = ["zh", "en"];
const THEMES = ["light", "dark", "hc"];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in screens));
if (unknown.length > 0) {
  console.error(`There is no screen ${unknown.join(", ")}. There are: ${Object.keys(screens).join(" ")}`);
  process.exit(1);
}
const names = asked.length > 0 ? asked : Object.keys(screens);
const out = fileURLToPath(new URL("../../target/shots", import.meta.url));
if (asked.length === 0) rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const desk = await prepare();
const server = await desk.serve();
const browser = await openBrowser();
const findings = [];
let pictures = 0;
try {
  for (const language of LANGUAGES) {
    for (const theme of THEMES) {
      const page = await openPage(browser, server.url, { colorScheme: theme === "dark" ? "dark" : "light" });
      await enter(page, { desk, language, theme });
      for (const name of names) {
        const [width, height] = SIZES[0];
        await page.resize(width, height);
        await screens[name](page, { desk, language, theme });
        for (const [width, height] of SIZES) {
          await page.resize(width, height);
          const picture = `${name}-${width}-${language}-${theme}`;
          await page.shot(join(out, `${picture}.png`));
          pictures += 1;
          findings.push(...(await faultsOf(page)).map((fault) => `${picture}: ${fault}`));
        }
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
  await server.stop();
}

for (const finding of findings) console.log(finding);
console.log(`${pictures} pictures in target/shots, ${findings.length} findings`);
process.exit(findings.length > 0 ? 1 : 0);

async function faultsOf(page) {
  const { violations, errors, focus, strangers } = await page.seen();
  return [
    ...(await page.axe()),
    ...[await page.evaluate(overflow)].filter(Boolean),
    ...(focus === null ? ["the focus is lost"] : []),
    ...violations.map((violation) => `content security policy: ${violation}`),
    ...errors.map((error) => `error: ${error}`),
    ...strangers.map((address) => `asked for ${address}`),
  ];
}
