import { afterEach, beforeEach, expect, test, vi } from "vitest";

const { calls, told } = vi.hoisted(() => ({
  calls: [] as string[],
  told: { lock: (): void => undefined },
}));

vi.mock("./desk", () => {
  const state = { unlocked: true, shaded: false };
  const answers: Record<string, () => unknown> = {
    status: () => ({
      founded: true,
      now: "2026-11-24T10:42:00+08:00",
      actor: { id: "a" },
      people: [],
      ...state,
    }),
    preferences: () => ({
      language: "zh",
      theme: "light",
      density: "comfortable",
      text_size: 100,
      facing: false,
    }),
    shade: () => (state.shaded = true),
    unshade: () => (state.shaded = false),
    lock: () => (state.unlocked = false),
    unlock: () => Object.assign(state, { unlocked: true, shaded: false }),
  };
  const stop = () => undefined;
  return {
    desk: {
      call: (name: string) => {
        calls.push(name);
        return Promise.resolve({ status: "done", value: answers[name]?.() });
      },
      onChanged: () => stop,
      onFailure: () => stop,
      onSystemLock: (listener: () => void) => {
        told.lock = listener;
        return stop;
      },
    },
  };
});

const { session } = await import("./session.svelte");

const MINUTE_MS = 60_000;
let stop: () => void = () => undefined;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  stop = session.start();
  await session.unlock("a", "plum-river-47-lantern");
  dispatchEvent(new Event("keydown"));
  calls.length = 0;
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("three minutes without a hand shade, thirty lock", async () => {
  await vi.advanceTimersByTimeAsync(2.9 * MINUTE_MS);
  expect(calls).toEqual([]);
  expect(session.phase).toBe("open");
  await vi.advanceTimersByTimeAsync(0.2 * MINUTE_MS);
  expect(calls).toContain("shade");
  expect(session.phase).toBe("shaded");
  await vi.advanceTimersByTimeAsync(26.7 * MINUTE_MS);
  expect(calls).not.toContain("lock");
  await vi.advanceTimersByTimeAsync(0.4 * MINUTE_MS);
  expect(calls).toContain("lock");
  expect(session.phase).toBe("locked");
});

test("a hand on the desk begins the time anew", async () => {
  await vi.advanceTimersByTimeAsync(2.9 * MINUTE_MS);
  dispatchEvent(new Event("pointermove"));
  await vi.advanceTimersByTimeAsync(2.9 * MINUTE_MS);
  expect(session.phase).toBe("open");
});

test("when the system locks, what is half typed is kept and the desk locks at once", async () => {
  const forget = session.onBeforeLock(() => {
    calls.push("kept");
    return Promise.resolve();
  });
  told.lock();
  await vi.advanceTimersByTimeAsync(1);
  forget();
  expect(calls.slice(0, 2)).toEqual(["kept", "lock"]);
  expect(session.phase).toBe("locked");
});
