import { beforeEach, describe, expect, it, vi } from "vitest";
import { undo } from "./undo.svelte";

const HOME = "/window";

describe("the way back", () => {
  const back = vi.fn(() => Promise.resolve(true));

  beforeEach(() => {
    back.mockClear();
    undo.clear();
    undo.offer({ done: "已受理 居住证申领 · 张三", about: ["3f2a", "XM261124A0001P"], undo: back });
  });

  it("stays at home and on the pages of what was done", () => {
    for (const path of [HOME, "/window/print/3f2a", "/cases/XM261124A0001P"]) undo.shown(path, HOME);
    expect(undo.last).toBeDefined();
  });

  it("ends where somebody else's page is open", async () => {
    undo.shown("/register/77aa", HOME);
    await undo.run();
    expect(back).not.toHaveBeenCalled();
  });

  it("says what was taken back", async () => {
    await undo.run();
    expect(undo.undone).toBe("已受理 居住证申领 · 张三");
    expect(undo.last).toBeUndefined();
  });
});
