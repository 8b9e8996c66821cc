// The plain accept story with a Chinese input method on, in the real window: keys come from the display, through fcitx5,
// as from a keyboard. Letters become a composition; Enter commits them as they are; nothing else may cost a key.
import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDesk } from "../harness/desk.mjs";
import { display as newDisplay } from "../harness/display.mjs";
import { figure } from "../harness/report.mjs";
import { openWindow } from "../harness/window.mjs";
import { Clerk } from "./clerk.mjs";
import { neighbours, zhangSan } from "./people.mjs";

/** Keys as the display calls them. */
const NAMES = {
  Enter: "Return",
  Control: "ctrl",
  Alt: "alt",
  ArrowDown: "Down",
  Escape: "Escape",
  Space: "space",
};
const named = (chord) =>
  chord
    .split("+")
    .map((key) => NAMES[key] ?? (key.length === 1 ? key.toLowerCase() : key))
    .join("+");

/** A clerk whose keys go through the display and what listens there. */
class TypingClerk extends Clerk {
  isPinyin = false;

  constructor(window, display) {
    super(window);
    this.display = display;
  }

  async press(...chords) {
    await this.display.press(...chords.map(named));
    this.keys += chords.length;
  }

  async type(letters) {
    await this.display.type(letters);
    this.keys += letters.length;
    // The letters stand underlined in the field: Enter takes them as they are.
    if (this.isPinyin && /[a-z]/.test(letters)) await this.press("Enter");
  }
}

async function acceptFor(clerk, person) {
  clerk.keys = 0;
  await clerk.findPerson(
    "zs",
    ({ title, detail }) => title === person.name && detail.includes(person.address),
  );
  await clerk.showsPageOf(person.name);
  await clerk.press("Control+N");
  await clerk.checkIdentity(person.id_number.slice(-4));
  await clerk.chooseItem("jzzsl", "HJ002");
  await clerk.tick(await clerk.missing());
  await clerk.press("Control+Enter");
  const number = await clerk.showsPaper("DS");
  await clerk.press("Enter");
  await clerk.shows(/没有找到打印机|已送打印机|待补打/);
  await clerk.press("Escape");
  await clerk.isHome();
  return { number, keys: clerk.keys };
}

test("with pinyin on a case takes two keys more, and the right person gets it", async () => {
  const desk = await freshDesk();
  const people = [zhangSan, ...neighbours].map((person) => ["register_resident", person]);
  const [{ value: known }] = await desk.calls(people, "王丽");
  const display = await newDisplay({ inputMethod: true });
  const window = await openWindow(desk, { display });
  const clerk = new TypingClerk(window, display);
  let plain;
  let pinyin;
  try {
    await display.focus("一窗");
    await clerk.unlock();
    assert.equal(await display.isChinese(), false);
    plain = await acceptFor(clerk, zhangSan);

    await display.press("ctrl+space");
    await window.until("pinyin to be on", () => display.isChinese());
    clerk.isPinyin = true;
    pinyin = await acceptFor(clerk, zhangSan);
    assert.equal(await display.isChinese(), true, "it was on all the time");

    const { violations, errors, focus } = await window.seen();
    assert.deepEqual([violations, errors], [[], []]);
    assert.notEqual(focus, null);
  } finally {
    await window.close();
    await display.stop();
  }
  figure("keys with plain letters, with pinyin", [plain.keys, pinyin.keys]);
  assert.ok(pinyin.keys <= plain.keys + 2, `${pinyin.keys} against ${plain.keys}`);
  for (const { number } of [plain, pinyin]) {
    const { applicant, state } = await desk.done("case", { number }, "王丽");
    assert.deepEqual([applicant.person, state], [known.id, "accepted"]);
  }
});
