// The main job, whole, by keyboard alone, in the real window: from the lock screen to the paper with its due date.
import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDesk, sampleDesk } from "../harness/desk.mjs";
import { run } from "../harness/process.mjs";
import { figure, spread } from "../harness/report.mjs";
import { memoryMb, openWindow } from "../harness/window.mjs";
import { Clerk } from "./clerk.mjs";
import { neighbours, zhangSan } from "./people.mjs";

const ITEM = "ZM002"; // Ours to decide, 15 working days, five papers.

test("a clerk gives a notice about two missing papers, takes them in later, and hands over the paper", async () => {
  const desk = await freshDesk();
  const calls = [zhangSan, ...neighbours].map((person) => ["register_resident", person]);
  for (const answer of await desk.calls(calls, "王丽")) assert.equal(answer.status, "done");
  const [day] = desk.args.at(-1).split("T");
  const { due } = await desk.done("due_date", { item: ITEM, accepted: day });

  const window = await openWindow(desk);
  const clerk = new Clerk(window);
  let number;
  let saved;
  try {
    await clerk.unlock();
    await window.forget();

    // First visit: two papers are missing, so the one-time notice goes out.
    await clerk.findPerson("zs", ({ title, detail }) => title === "张三" && detail.includes("12-3-502"));
    await clerk.showsPageOf("张三");
    await clerk.press("Control+N");
    await clerk.checkIdentity(zhangSan.id_number.slice(-4));
    await clerk.chooseItem("jhrzd", ITEM);
    await clerk.tick(2);
    await clerk.decides("一次性告知");
    await clerk.press("Control+Enter");
    await clerk.shows("这张单子要写全");
    const rows = await window.count("[role=grid] [role=row]");
    for (let row = 0; row < rows; row += 1) await clerk.press("Enter");
    await clerk.shows(`已逐项看过 ${rows}/${rows} 项`);
    await clerk.press("Control+Enter");
    number = await clerk.showsPaper("BZ");
    assert.match(await window.allText(), /一次性补正告知书/);
    await clerk.press("Escape");
    await clerk.isHome();

    // Second visit: the scanner's number, or its letters typed, open the case; what came is ticked.
    await clerk.type(number);
    await window.until("the case in the list", async () => (await clerk.hits()).some((hit) => hit.isChosen));
    await clerk.press("Enter");
    await clerk.shows("待补正");
    await clerk.decides("补件");
    await clerk.press("Control+Enter");
    await clerk.focusIs("[role=dialog] [role=checkbox], dialog [role=checkbox]");
    await clerk.tick(2);
    await clerk.press("Control+Enter");
    await clerk.showsPaper("SL");

    // The page on the screen is the paper; saved, it can be read by anybody.
    await clerk.chooseButton("存成文件");
    saved = await window.until(
      "the saved file",
      async () => /已存：(\S+\.pdf)/.exec(await window.allText())?.[1],
    );
    await clerk.press("Escape");
    await clerk.shows("已受理");

    const { echo, settled, violations, errors, focus } = await window.seen();
    assert.deepEqual(violations, []);
    assert.deepEqual(errors, []);
    assert.notEqual(focus, null, "the focus is somewhere");
    figure("key to next paint, ms", spread(echo));
    figure("key to all it caused painted, ms", spread(settled));
  } finally {
    await window.close();
  }

  const { stdout } = await run("pdftotext", ["-layout", saved, "-"]);
  const written = stdout.replaceAll(/\s/g, "");
  const [year, month, date] = due.split("-").map(Number);
  for (const part of ["受理通知书", number, "张三", `${year}年${month}月${date}日`]) {
    assert.ok(written.includes(part), `${part} stands on the paper:\n${stdout}`);
  }
  const view = await desk.done("case", { number }, "王丽");
  assert.equal(view.state, "accepted");
  assert.equal(view.due, due);
});

test("on a whole community the window is there at once, and one box finds a resident", async () => {
  const window = await openWindow(await sampleDesk());
  const clerk = new Clerk(window);
  try {
    figure("start to the lock screen painted, ms", await window.paintedAfterMs());
    const pressed = Date.now();
    await clerk.unlock();
    figure("unlock, from the first digit to the desk home, ms", Date.now() - pressed);
    await window.forget();
    await clerk.type("zhang");
    await window.until("residents in the list", async () => (await clerk.hits()).length > 5);
    await clerk.press("ArrowDown", "ArrowUp", "Enter");
    await clerk.focusIs("main *");
    const { echo, settled, errors } = await window.seen();
    assert.deepEqual(errors, []);
    figure("searching a community: key to next paint, ms", spread(echo));
    figure("searching a community: key to all it caused painted, ms", spread(settled));
    figure("memory of the whole program with a community, MB", memoryMb(await window.pid()));
  } finally {
    await window.close();
  }
});
