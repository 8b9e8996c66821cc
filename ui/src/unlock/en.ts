/** The words of set-up, unlock and shade, in English. */
import type { Messages } from "../kit/i18n.svelte";
import type { zh } from "./zh";

export const en = {
  product: "Yichuang 一窗",
  lead: "One window for every matter",
  offline: "Works offline. Everything is on this machine.",
  languages: "语言 Language",

  unlock: {
    who: "Who is here?",
    password: "Password",
    enter: "Enter",
    hint: "Digit: person · Enter goes in",
    back: "Someone else",
    dutyHint: "Digit: choose · Enter begins",
    begin: "Begin",
    hello: (name: string) => `Hello, ${name}`,
  },

  rescue: {
    begin: "Set a new password with the sealed envelope",
    lead: (name: string) =>
      `Open the sealed envelope and type its code to give ${name} a new password. Records and drafts stay as they are.`,
    password: (name: string) => `New password of ${name}`,
    colleague: "Colleague standing by",
    colleaguePassword: "The colleague's own password",
    run: "Set it and go in",
  },

  shade: {
    title: "Shaded",
    safe: "Everything is still here.",
    pin: (name: string) => `6-digit PIN of ${name}, or the password`,
    password: (name: string) => `Password of ${name}`,
    enter: "Go on",
    lock: "Lock and change person",
  },

  setUp: {
    title: "First start",
    lead: "This machine is not set up yet. A few steps, no network needed.",
    steps: {
      community: "Community",
      a: "Clerk A",
      b: "Clerk B",
      supervisor: "Supervisor",
      code: "Code",
      backup: "Backup",
    },
    step: (at: number, of: number) => `Step ${at} of ${of}`,
    community: "Name of the community",
    communityHint: "For example 新茂社区",
    communityMissing: "Write the name of the community.",
    name: "Name",
    nameMissing: "Write the name.",
    nameTaken: "This name is taken. Write the name of another person.",
    password: "Password",
    explain: {
      community: "The name is printed on every paper.",
      a: "Clerks A and B work the window, each with a password of their own. Each types it in person.",
      b: "Clerk B types in person too. When one is out, the other carries on.",
      supervisor:
        "The supervisor does what needs two people, such as voiding a paper. It is neither clerk A nor clerk B.",
      code: "If the machine breaks or passwords are forgotten, this code and a backup bring all records back on a new machine. It is shown only once.",
    },
    next: "Next",
    previous: "Back",
    found: "Set up",
    code: "Recovery code",
    codeHow:
      "Print it or write it on paper, put it in an envelope, seal it with two people, and give it to the supervisor. No photo, no file.",
    codeDone: "Written down and sealed, next",
  },
} satisfies Messages<typeof zh>;
