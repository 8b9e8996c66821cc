import { expect, test } from "vitest";
import { stripOf } from "./strip";

test("each day of a limit says why it counts, and the last one that it is due", () => {
  const strip = stripOf(
    [
      { date: "2026-11-26", why: { is: "acceptance" }, provisional: false },
      { date: "2026-11-27", why: { is: "counted", n: 1 }, provisional: false },
      { date: "2026-11-28", why: { is: "weekend" }, provisional: false },
      { date: "2026-11-29", why: { is: "worked_rest_day", n: 2 }, provisional: false },
      { date: "2026-11-30", why: { is: "paused" }, provisional: false },
      { date: "2026-12-01", why: { is: "holiday", name: { zh: "元旦", en: "New Year" } }, provisional: true },
      { date: "2026-12-02", why: { is: "counted", n: 3 }, provisional: false },
    ],
    "2026-12-02",
  );
  expect(strip).toMatchObject([
    { kind: "start", mark: "受理" },
    { kind: "counted", mark: "1" },
    { kind: "rest", mark: "六" },
    { kind: "counted", mark: "2", why: "调休上班，第 2 天，计入" },
    { kind: "paused", mark: "挂起" },
    { kind: "rest", mark: "假", why: "元旦，不计 · 暂定：这一年的放假安排还没有公布" },
    { kind: "due", mark: "3 到期" },
  ]);
});

test("a limit of no days is due on the day of acceptance, which stays the day of acceptance", () => {
  const strip = stripOf(
    [{ date: "2026-11-24", why: { is: "acceptance" }, provisional: false }],
    "2026-11-24",
  );
  expect(strip).toMatchObject([{ kind: "start" }]);
});
