import { expect, test } from "vitest";
import type { ResidentView } from "../../../bindings";
import { cardOf, servicesOf } from "./card";

const view = {
  card: {
    id: "a",
    name: "陈喆",
    sex: "男",
    age: 45,
    birth: "1981-03-07",
    id_masked: "320583********9911",
    phone: "154****1234",
    address: "12幢3单元502室",
  },
  tags: [{ code: "MG", name: "流动人口" }],
  has_restricted: true,
  past_cases: [{ case: "c", title: "居住证申领", received_on: "2026-10-01", state_text: "已送达" }],
  enquiries: [
    { id: "q", on: "2026-11-20", question: "学位", referred_to: "教育局" },
    { id: "p", on: "2026-09-01", question: "社保", referred_to: "" },
  ],
} as unknown as ResidentView;

test("a card shows masks only, and that there is more which is restricted", () => {
  expect(cardOf(view)).toMatchObject({
    idNumber: "320583********9911",
    born: "1981-03-07 · 男 · 45岁",
    tags: ["流动人口"],
    isRestricted: true,
  });
});

test("cases and questions are one history, the latest first, and only cases open", () => {
  expect(servicesOf(view).map(({ what, state, opens }) => [what, state, opens])).toEqual([
    ["咨询 · 学位", "引导到 教育局", undefined],
    ["居住证申领", "已送达", "/cases/c"],
    ["咨询 · 社保", "", undefined],
  ]);
});
