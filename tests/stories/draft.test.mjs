// A half-written case survives whatever happens to the program or the person, and nobody else sees it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { freshDesk } from "../harness/desk.mjs";
import { sleep } from "../harness/process.mjs";
import { openWindow } from "../harness/window.mjs";
import { Clerk } from "./clerk.mjs";
import { zhangSan } from "./people.mjs";
import { tabTo } from "./screens/hands.mjs";

const TITLE = "居住证申领 · 张三";

async function deskWithZhangSan() {
  const desk = await freshDesk();
  await desk.done("register_resident", zhangSan, "王丽");
  return desk;
}

/** Up to the checklist of HJ002, with the first paper ticked. */
async function beginCase(clerk) {
  await clerk.findPerson("zs", ({ title }) => title === "张三");
  await clerk.showsPageOf("张三");
  await clerk.press("Control+N");
  await clerk.checkIdentity(zhangSan.id_number.slice(-4));
  await clerk.chooseItem("jzzsl", "HJ002");
  await clerk.tick(1);
}

/** From the desk home to the draft: F6 walks through the areas, Enter goes on writing. */
async function openDraft(clerk) {
  await clerk.shows(TITLE);
  await clerk.page.until("the focus on the draft", async () => {
    await clerk.press("F6");
    return clerk.page.evaluate((title) => document.activeElement?.innerText?.includes(title) ?? false, TITLE);
  });
  await clerk.press("Enter");
  await clerk.page.until("the checklist again", () => clerk.page.count("[role=checkbox]"));
}

const ticked = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("[role=checkbox][aria-checked=true] .name")].map((name) => name.innerText),
  );

test("a program that is killed in the middle of a case loses a second at most", async () => {
  const desk = await deskWithZhangSan();
  const killed = await openWindow(desk);
  let kept;
  try {
    const clerk = new Clerk(killed);
    await clerk.unlock();
    await beginCase(clerk);
    kept = await ticked(killed);
    await sleep(1_000);
    await clerk.press("Space");
    process.kill(await killed.pid(), "SIGKILL");
  } finally {
    await killed.close();
  }
  assert.ok(kept.includes("业务申请表"), `${kept}`);

  const window = await openWindow(desk);
  try {
    const clerk = new Clerk(window);
    await clerk.unlock();
    await openDraft(clerk);
    const now = await ticked(window);
    for (const paper of kept) assert.ok(now.includes(paper), `${paper} is still ticked: ${now}`);
    assert.match(await window.text("main"), /已核对/);
    // And it is no dead copy: the case goes on to its end.
    await clerk.tick(await clerk.missing());
    await clerk.press("Control+Enter");
    await clerk.showsPaper("DS");
    await clerk.press("Escape");
    await clerk.isHome();
    await window.until("the draft to be gone", async () =>
      /没有写到一半的单子/.test(await window.text("main")),
    );
  } finally {
    await window.close();
  }
});

test("a draft waits through a lock for whoever wrote it, and nobody else sees it", async () => {
  const desk = await deskWithZhangSan();
  const window = await openWindow(desk);
  const clerk = new Clerk(window);
  try {
    await clerk.unlock(1);
    await beginCase(clerk);
    // Locked in the same moment: what was written last must be kept first.
    await clerk.press("Control+L");
    const kept = ["业务申请表"];

    await clerk.unlock(2);
    const seen = await window.allText();
    assert.ok(!seen.includes("居住证申领"), `李强 sees nothing of it:\n${seen}`);
    assert.match(seen, /没有写到一半的单子/);
    const { value } = await window.evaluate(() =>
      window.__TAURI_INTERNALS__.invoke("call", { name: "drafts", input: {} }),
    );
    assert.deepEqual(value.drafts, []);

    await clerk.press("Control+L");
    await clerk.unlock(1);
    await openDraft(clerk);
    const now = await ticked(window);
    for (const paper of kept) assert.ok(now.includes(paper), `${paper} is still ticked: ${now}`);

    // Nor does its address open it for somebody else.
    const address = await window.evaluate(() => location.hash);
    assert.match(address, /^#\/window\/draft\//);
    await clerk.press("Control+L");
    await clerk.unlock(2);
    await window.evaluate((hash) => {
      location.hash = hash;
    }, address);
    await clerk.shows("这张草稿已经不在了");
  } finally {
    await window.close();
  }
});

test("whoever locked the screen goes on where they were typing, and elsewhere in the search box", async () => {
  const desk = await deskWithZhangSan();
  const window = await openWindow(desk);
  const clerk = new Clerk(window);
  try {
    await clerk.unlock();
    await beginCase(clerk);
    await tabTo(window, "#field-statement", true);
    await clerk.type("wangdai");
    await clerk.press("Control+L");
    await clerk.comeBack();
    await clerk.focusIs("#field-statement");
    await clerk.type("le");
    assert.equal(await window.evaluate(() => document.activeElement.value), "wangdaile");
    assert.ok((await ticked(window)).includes("业务申请表"));

    await clerk.press("F2");
    await clerk.findPerson("zs", ({ title }) => title === "张三");
    await clerk.showsPageOf("张三");
    await clerk.press("Control+L");
    await clerk.comeBack();
    // One Enter too many, and nothing is begun.
    await clerk.focusIs("header [role=combobox]");
    await clerk.press("Enter");
    assert.match(await window.evaluate(() => location.hash), /^#\/register\//);
  } finally {
    await window.close();
  }
});
