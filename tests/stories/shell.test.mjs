// The window itself: what the page in it can reach, what is left of it, and the second program on a folder.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { emptyDesk, freshDesk, programs } from "../harness/desk.mjs";
import { display as newDisplay } from "../harness/display.mjs";
import { run, start, until } from "../harness/process.mjs";
import { figure } from "../harness/report.mjs";
import { memoryMb, openWindow } from "../harness/window.mjs";

test("the page in the window reaches the desk and nothing else on earth", async () => {
  const window = await openWindow(emptyDesk());
  try {
    const outcome = (work) => window.evaluate(work).then((value) => value, String);
    const invoke = (command, given) =>
      window.evaluate(
        (name, input) =>
          window.__TAURI_INTERNALS__.invoke(name, input).then(
            (value) => ({ value }),
            (error) => ({ error: String(error) }),
          ),
        command,
        given,
      );

    const answer = await invoke("call", { name: "status", input: {} });
    assert.equal(answer.value?.status, "done", "the desk answers");
    for (const command of ["plugin:event|emit", "plugin:window|close", "plugin:path|resolve_directory"]) {
      assert.match((await invoke(command, {})).error, /not allowed/, command);
    }
    assert.equal(await outcome(() => Object.isFrozen(Object.prototype)), true);
    assert.equal(await outcome(() => String(window.open("https://example.com/"))), "null");
    assert.equal(
      await outcome(() =>
        fetch("https://example.com/").then(
          () => "out",
          () => "stopped",
        ),
      ),
      "stopped",
    );
    assert.match(await outcome(() => new Function("return 'ran'")()), /EvalError/);

    const before = await window.evaluate(() => location.href);
    await window.evaluate(() => {
      location.href = "https://example.com/";
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await window.evaluate(() => location.href), before);
  } finally {
    await window.close();
  }
});

for (const [folder, makeDesk] of [
  ["with a community", freshDesk],
  ["that is still empty", emptyDesk],
]) {
  test(`a second program on a folder ${folder} says so and leaves the first alone`, async () => {
    const desk = await makeDesk();
    const display = await newDisplay();
    const window = await openWindow(desk, { display });
    const second = start(programs.window, desk.args, { env: display.env });
    try {
      await until("the box with the message", async () => {
        const { stdout } = await run("xdotool", ["search", "--onlyvisible", "--name", "^一窗$"], {
          env: display.env,
        });
        return stdout.trim().split("\n").length === 2;
      });
      assert.match(second.said(), /已经打开/);
      assert.match(second.said(), /already open/);
      const answer = await window.evaluate(() =>
        window.__TAURI_INTERNALS__.invoke("call", {
          name: "status",
          input: {},
        }),
      );
      assert.equal(answer.status, "done", "the first window still works");
    } finally {
      await second.stop();
      await window.close();
      await display.stop();
    }
  });
}

test("nothing that a page kept is there at the next start", async () => {
  const desk = emptyDesk();
  const remember = () => {
    localStorage.setItem("left", "behind");
    document.cookie = "left=behind; max-age=9999";
  };
  const first = await openWindow(desk);
  await first.evaluate(remember);
  await first.close();

  const second = await openWindow(desk);
  try {
    assert.equal(await second.evaluate(() => localStorage.getItem("left")), null);
    assert.equal(await second.evaluate(() => document.cookie), "");
    assert.ok(readdirSync(desk.data).includes("webview"), "the web view's folder is inside ours");
    figure("start to first paint, ms", await second.paintedAfterMs());
    figure("memory of the whole program, MB", memoryMb(await second.pid()));
  } finally {
    await second.close();
  }
});
