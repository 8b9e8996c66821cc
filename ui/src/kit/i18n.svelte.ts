/**
 * The language of the screen, and the type that makes a missing translation a type error.
 *
 * Each room writes `zh.ts` (the source) and `en.ts` (`satisfies Messages<typeof zh>`), and joins them with `texts`.
 * Parameters are functions. Sentences about rules come from Rust, already in the language of the screen.
 */

/** A language of the screen. */
export type Language = "zh" | "en";

/** The shape of `zh`, in any language: the same keys, the same parameters. */
export type Messages<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends (...parameters: infer Parameters) => string
    ? (...parameters: Parameters) => string
    : Source[Key] extends string
      ? string
      : Messages<Source[Key]>;
};

class Speech {
  #current = $state<Language>("zh");

  get current(): Language {
    return this.#current;
  }

  /** Changes the language of the screen, and of the document, for screen readers and line breaking. */
  speak(language: Language): void {
    this.#current = language;
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  }
}

/** The language in use. */
export const language = new Speech();

/** Joins the texts of both languages: reading a key gives it in the language in use, and follows a change. */
export function texts<const Source extends object>(zh: Source, en: Messages<Source>): Messages<Source> {
  const joined = {};
  for (const key of Object.keys(zh)) {
    Object.defineProperty(joined, key, {
      enumerable: true,
      get: () => (language.current === "zh" ? zh : en)[key as keyof Source],
    });
  }
  return joined as Messages<Source>;
}

/** Every place where the two languages differ in shape, for tests: `["home.title is missing in en"]`. */
export function differences(zh: unknown, en: unknown, at = ""): string[] {
  if (typeof zh !== typeof en) return [`${at} is ${typeof en} in en, ${typeof zh} in zh`];
  if (typeof zh === "function" && typeof en === "function") {
    return zh.length === en.length ? [] : [`${at} takes ${String(en.length)} parameters in en`];
  }
  if (typeof zh === "string" && typeof en === "string") {
    return (zh.trim() === "") === (en.trim() === "") ? [] : [`${at} is empty in one language`];
  }
  if (typeof zh !== "object" || typeof en !== "object" || zh === null || en === null) return [];
  const [a, b] = [zh as Record<string, unknown>, en as Record<string, unknown>];
  const inside = (key: string) => (at ? `${at}.${key}` : key);
  return [
    ...Object.keys(b).flatMap((key) => (key in a ? [] : [`${inside(key)} is missing in zh`])),
    ...Object.keys(a).flatMap((key) =>
      key in b ? differences(a[key], b[key], inside(key)) : [`${inside(key)} is missing in en`],
    ),
  ];
}
