// A display that nobody sees, with a session bus and, on wish, a Chinese input method: what the real window needs.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratch } from "./desk.mjs";
import { run, sleep, start, until } from "./process.mjs";

/** Starts a display of the size of a small office screen. `env` is what programs on it need. */
export async function display({ width = 1366, height = 768, inputMethod = false } = {}) {
  const home = scratch("home");
  let number;
  const server = start(
    "Xvfb",
    ["-displayfd", "1", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"],
    {
      lines: (line) => (number ??= /^\d+$/.exec(line)?.[0]),
    },
  );
  await until("the display", () => {
    if (!server.isRunning) throw new Error(server.said());
    return number;
  });
  const env = {
    DISPLAY: `:${number}`,
    WAYLAND_DISPLAY: "",
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_RUNTIME_DIR: join(home, "runtime"),
    LANG: "C.UTF-8",
    GTK_IM_MODULE: inputMethod ? "fcitx" : "gtk-im-context-simple",
    XMODIFIERS: inputMethod ? "@im=fcitx" : "",
  };
  mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 });

  let bus;
  const daemon = start("dbus-daemon", ["--session", "--nofork", "--print-address"], {
    env,
    lines: (line) => (bus ??= /^unix:\S+/.exec(line)?.[0]),
  });
  await until("the session bus", () => {
    if (!daemon.isRunning) throw new Error(daemon.said());
    return bus;
  });
  env.DBUS_SESSION_BUS_ADDRESS = bus;

  const method = inputMethod ? await pinyin(env) : undefined;
  return {
    env,
    /** Sends keys as the keyboard would, through the display and its input method: `ctrl+space`, `Return`. */
    async press(...chords) {
      await xdotool(env, ["key", "--delay", "30", ...chords]);
    },
    /** Types letters in the same way. */
    async type(text) {
      await xdotool(env, ["type", "--delay", "40", text]);
    },
    /** Gives the keyboard to the window of a title: there is no window manager here to do it. */
    async focus(title) {
      const id = await until(`a window called ${title}`, async () => {
        const { stdout } = await run("xdotool", ["search", "--onlyvisible", "--name", title], { env });
        return stdout.trim().split("\n").at(-1);
      });
      await xdotool(env, ["windowfocus", "--sync", id]);
      await sleep(200);
    },
    /** Whether Chinese is being typed, or plain letters. */
    async isChinese() {
      return (await run("fcitx5-remote", [], { env })).stdout.trim() === "2";
    },
    async stop() {
      await method?.stop();
      await daemon.stop();
      await server.stop();
    },
  };
}

async function xdotool(env, args) {
  const { code, stderr } = await run("xdotool", args, { env });
  if (code !== 0) throw new Error(`xdotool ${args[0]}: ${stderr}`);
}

/** Fcitx 5 with two methods, as in an office: letters and pinyin; Ctrl+Space changes between them. */
async function pinyin(env) {
  const folder = join(env.XDG_CONFIG_HOME, "fcitx5");
  mkdirSync(folder, { recursive: true });
  const profile = [
    ...["[Groups/0]", "Name=Default", "Default Layout=us", "DefaultIM=pinyin"],
    ...["[Groups/0/Items/0]", "Name=keyboard-us", "Layout="],
    ...["[Groups/0/Items/1]", "Name=pinyin", "Layout="],
    ...["[GroupOrder]", "0=Default", ""],
  ];
  writeFileSync(join(folder, "profile"), profile.join("\n"));
  const method = start("fcitx5", ["--disable", "wayland,kimpanel,notifications,notificationitem,clipboard"], {
    env,
  });
  await until("the input method", async () => {
    if (!method.isRunning) throw new Error(method.said());
    return (await run("fcitx5-remote", ["-q"], { env })).stdout.includes("Default");
  });
  return method;
}
