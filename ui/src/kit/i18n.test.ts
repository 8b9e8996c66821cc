import { afterEach, describe, expect, it } from "vitest";
import { differences, language, texts } from "./i18n.svelte";

interface Words {
  [name: string]: unknown;
}
const zh = import.meta.glob<Words>("../**/zh.ts", { eager: true, import: "zh" });
const en = import.meta.glob<Words>("../**/en.ts", { eager: true, import: "en" });

/** Every text, with its place; functions are called with plain arguments. */
function* said(words: unknown, at: string): Generator<[string, string]> {
  if (typeof words === "string") yield [at, words];
  else if (typeof words === "function")
    yield [at, String((words as (...all: unknown[]) => unknown)(2, 2, 2, 2))];
  else if (typeof words === "object" && words !== null) {
    for (const [key, value] of Object.entries(words)) yield* said(value, `${at}.${key}`);
  }
}

describe("the words of every folder", () => {
  it.each(Object.keys(zh))("%s says the same in English", (path) => {
    const other = en[path.replace(/zh\.ts$/, "en.ts")];
    expect(differences(zh[path], other)).toEqual([]);
  });

  it("is found at all", () => {
    expect(Object.keys(zh).length).toBeGreaterThanOrEqual(4);
    expect(Object.keys(en).length).toBe(Object.keys(zh).length);
  });

  it.each(Object.keys(zh))("%s uses no word we do not use", (path) => {
    for (const [at, text] of said(zh[path], path)) {
      expect(text, at).not.toMatch(/服务器|缓存|令牌|抱歉|失败|提交|[!！]/u);
    }
  });
});

describe("missing words", () => {
  it("are named by their place", () => {
    expect(differences({ a: { b: "甲", c: "乙" } }, { a: { b: "A" } })).toEqual(["a.c is missing in en"]);
    expect(differences({ a: "甲" }, { a: " " })).toEqual(["a is empty in one language"]);
    expect(differences({ a: (one: string) => one }, { a: () => "x" })).toEqual([
      "a takes 0 parameters in en",
    ]);
  });
});

describe("the language of the screen", () => {
  afterEach(() => {
    language.speak("zh");
  });

  it("changes every text, and the language of the document", () => {
    const text = texts(
      { save: "存", of: { count: (n: number) => `共 ${n}` } },
      { save: "Keep", of: { count: (n) => `${n} in all` } },
    );
    expect([text.save, text.of.count(2)]).toEqual(["存", "共 2"]);
    language.speak("en");
    expect([text.save, text.of.count(2)]).toEqual(["Keep", "2 in all"]);
    expect(document.documentElement.lang).toBe("en");
  });
});
