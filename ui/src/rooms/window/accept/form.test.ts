import { describe, expect, it } from "vitest";
import {
  emptyForm,
  formFrom,
  intakeOf,
  isBegun,
  withBrought,
  withItem,
  withPerson,
  withProblem,
} from "./form";

const PERSON = "0123456789abcdef0123456789abcdef";

describe("the form of the counter", () => {
  it("tells the desk nothing about what is empty", () => {
    expect(intakeOf(emptyForm())).toEqual({ item: "", brought: [], problems: [], mode: "window" });
  });

  it("tells an identity only once it is settled", () => {
    const form = emptyForm(PERSON, "HJ002");
    const typed = { how: "last_four" as const, lastFour: "9911", idNumber: "", reason: "", isSettled: false };
    expect(intakeOf({ ...form, identity: typed }).identity).toBeUndefined();
    expect(intakeOf({ ...form, identity: { ...typed, isSettled: true } }).identity).toEqual({
      how: "last_four",
      last_four: "9911",
    });
  });

  it("tells the proxy's last day for a proxy and never for kin", () => {
    const agent = { name: "单晓芳", idNumber: "", relation: "女儿", phone: "", proxyUntil: "2026-12-31" };
    const by = (kind: "kin" | "proxy") => intakeOf({ ...emptyForm(), agent: { kind, ...agent } }).agent;
    expect(by("proxy")).toEqual({
      kind: "proxy",
      name: "单晓芳",
      relation: "女儿",
      proxy_until: "2026-12-31",
    });
    expect(by("kin")).toEqual({ kind: "kin", name: "单晓芳", relation: "女儿" });
  });

  it("has a paper either here and good or here and wrong, never both", () => {
    const good = withBrought(emptyForm(), "APP", "paper");
    const wrong = withProblem(good, "APP", "业务申请表", "expired");
    expect([wrong.brought, wrong.problems.map(({ problem }) => problem)]).toEqual([[], ["expired"]]);
    const again = withBrought(wrong, "APP", "electronic_certificate");
    expect(again.problems).toEqual([]);
    expect(again.brought).toEqual([{ material: "APP", how: "electronic_certificate", pages: 0 }]);
  });

  it("keeps people when the item changes, and papers neither for another item nor for another person", () => {
    const form = withBrought({ ...emptyForm(PERSON, "HJ002"), situation: 2 }, "APP", "paper");
    expect(withItem(form, "SB009")).toMatchObject({
      person: PERSON,
      item: "SB009",
      situation: null,
      brought: [],
    });
    const other = withPerson(
      { ...form, identity: { ...form.identity, how: "card", isSettled: true } },
      "f".repeat(32),
    );
    expect(other).toMatchObject({ item: "HJ002", brought: [], identity: { how: null, isSettled: false } });
  });

  it("comes back from a draft as it was, and not from something else", () => {
    const form = withBrought(emptyForm(PERSON, "HJ002"), "APP", "paper");
    expect(formFrom(JSON.parse(JSON.stringify(form)))).toEqual(form);
    expect(formFrom({ question: "?" })).toBeUndefined();
    expect(formFrom(null)).toBeUndefined();
  });

  it("is worth keeping once an item, an identity or a paper is there", () => {
    expect(isBegun(emptyForm(PERSON))).toBe(false);
    expect(isBegun(emptyForm(null, "HJ002"))).toBe(true);
    expect(isBegun(withBrought(emptyForm(), "APP", "paper"))).toBe(true);
  });
});
