import { expect, test } from "vitest";
import { lightOf } from "./syncLight";

const joined = { joined: true, pending: 0, refused: 0, number: 7, last: "10:42", trouble: null };

test("a desk alone says that everything is kept here", () => {
  expect(lightOf(undefined).text).toBe("离线 · 本机已存");
  expect(lightOf({ ...joined, joined: false }).tone).toBe("offline");
});

test("what the hub has not acknowledged is counted, calmly", () => {
  expect(lightOf(joined)).toMatchObject({ tone: "ok", text: "已同步 · 上次 10:42" });
  expect(lightOf({ ...joined, pending: 3 })).toMatchObject({
    tone: "waiting",
    text: "待同步 3 · 上次 10:42",
  });
  expect(lightOf({ ...joined, refused: 1 }).text).toContain("未通过 1");
});

test("before the hub was heard nothing is called synced", () => {
  expect(lightOf({ ...joined, last: null })).toMatchObject({ tone: "waiting", text: "等总库应答" });
});

test("a hub that does not answer is told with its reason", () => {
  const away = lightOf({ ...joined, pending: 3, trouble: "总库没有应答。" });
  expect(away).toEqual({ tone: "offline", text: "离线 · 待同步 3 · 上次 10:42", why: "总库没有应答。" });
});
