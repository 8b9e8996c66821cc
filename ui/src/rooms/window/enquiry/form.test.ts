import { describe, expect, it } from "vitest";
import { aboutBanned, aboutItem, emptyForm, inputOf, isReferral } from "./form";

const banned = {
  no: 7,
  name: "Certificate of kinship",
  department: "Police station",
  slip: { name: "亲属关系证明", department: "公安派出所", take: ["户口簿", "身份证"] },
};

describe("an enquiry", () => {
  it("about a banned certificate sends to who issues it, with what to take, in Chinese on any screen", () => {
    const form = aboutBanned(emptyForm("a".repeat(32)), banned);
    expect(inputOf(form)).toEqual({
      question: "亲属关系证明",
      person: "a".repeat(32),
      banned: 7,
      department: "公安派出所",
      take: ["户口簿", "身份证"],
    });
    expect(isReferral(form)).toBe(true);
  });

  it("about an item of this window needs no slip", () => {
    const hit = {
      code: "HJ002",
      name: "居住证申领",
      group: "",
      kind: "promise" as const,
      role: "collects" as const,
      promise: "",
      banned: null,
    };
    const form = aboutItem({ ...emptyForm(null), question: "居住证怎么办" }, hit);
    expect(inputOf(form)).toEqual({ question: "居住证怎么办", item: "HJ002" });
    expect(isReferral(form)).toBe(false);
  });

  it("leaves out lines that are empty", () => {
    expect(inputOf({ ...emptyForm(null), question: " 学位 ", take: "\n 户口簿 \n\n" })).toEqual({
      question: "学位",
      take: ["户口簿"],
    });
  });
});
