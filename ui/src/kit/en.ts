/** The words of the kit, in English. */
import type { Messages } from "./i18n.svelte";
import type { zh } from "./zh";

export const en = {
  optional: "optional",
  required: "required",
  close: "Close",
  waiting: "Loading…",
  problems: (count: number) => (count === 1 ? "One thing to correct" : `${count} things to correct`),
  undo: "Undo",
  undone: (done) => `Taken back: ${done}`,
  stop: "Stop",
  safe: "Nothing you typed is lost.",

  search: {
    label: "Search: name or pinyin, end of ID, phone, door, item, case number",
    placeholder: "Name/pinyin · end of ID · door 12-3-502 · item · case no.   F2",
    kinds: {
      all: "All",
      resident: "People",
      household: "Households",
      item: "Items",
      banned: "No certificate",
      case: "Cases",
    },
    kindsHint: "Tab: kind",
    nothing: "Nothing found. Try fewer letters, or pinyin, the door, the end of the ID number.",
    count: (shown: number, total: number) =>
      total > shown ? `first ${shown} of ${total}` : `${total} found`,
    opens: "Enter opens · ↑↓ choose · Esc closes",
  },

  palette: {
    title: "Commands",
    placeholder: "What do you want to do?",
    nothing: "No such command. Try another word, or press F1 for all keys.",
  },

  keys: {
    title: "All keys",
    here: "This page",
    everywhere: "Everywhere",
    inside: (title) => `In “${title}”`,
    rooms: "Rooms",
  },

  id: {
    label: "ID number",
    hint: "18 characters; the last may be X",
    born: (day: string) => `born ${day}`,
    sexes: { male: "male", female: "female" },
    age: (years: number) => `${years} yrs`,
    fine: "Nothing wrong with it",
    warnings: {
      unknown_region: "unknown region code, compare it with the card",
      reserved_region: "region code 71 is not given to residents, compare it with the card",
      legacy: "old number of 15 digits, good for searching only",
      centenarian: "perhaps a centenarian, ask for the year of birth",
      form_only: "this card has no check character, compare it with the card",
      unusual_form: "not the usual form, compare it with the card",
      century_assumed: "two digits for the year, check the century",
    },
  },
  address: {
    label: "Door",
    hint: "12-3-502, or 12幢3单元502室",
    unclear: "Building, unit and room are not clear yet. You can write 12-3-502.",
  },
  phone: {
    label: "Phone",
    hint: "Mobile, or landline with area code",
    areaAdded: (number: string) => `Area code added: ${number}`,
  },
  date: {
    hint: "11-24, 1124 or 2026-11-24",
    wrong: "This is not a date. Write 11-24 or 2026-11-24.",
    weekdays: "SMTWTFS",
    weekday: (name: string) => name,
  },
  select: {
    none: "Choose",
  },

  checklist: {
    held: "Held",
    ticked: "Here",
    missing: "Missing",
    notNeeded: "Not needed",
    electronic: "Electronic",
    hint: "Space: here",
    problemHint: " · /: something wrong",
    electronicHint: " · E: electronic certificate",
    reasons: "What is wrong? Press a digit, Esc for nothing",
    noProblem: "Nothing wrong",
  },

  decisions: {
    label: "Decision",
    hint: "←→ choose · Enter does it",
  },

  due: {
    label: "How the limit is counted",
    hint: "←→ day by day",
    weeks: "←→ day by day; a week opens as you come to it",
    week: (from: string, to: string) => `${from} to ${to}`,
    counted: (days: number) => `${days} counted`,
  },

  masked: {
    show: "Show",
    hide: "Hide",
    title: (what: string) => `Show: ${what}`,
    recorded: "Showing is recorded: who, when and why.",
    why: "Why do you need to see it?",
    reasons: [
      "To check the applicant's identity",
      "To fill in a form",
      "To contact the resident",
      "The resident asks to see it",
    ],
    seconds: (left: number) => `${left} s`,
  },

  preview: {
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    pages: (pages: number) => (pages === 1 ? "1 page" : `${pages} pages`),
    print: (copies: number) => (copies === 1 ? "Print 1 copy" : `Print ${copies} copies`),
    hint: (leave) => `Enter prints · Esc ${leave}, without printing`,
    copies: "Copies",
    again: (copies: number) =>
      copies === 1 ? "Nothing came out? Print again" : `Nothing came out? Print ${copies} again`,
    done: "Done",
  },

  task: {
    progress: (label: string, done: string, total: string, unit = "") =>
      `${label} ${done} / ${total} ${unit}`.trim(),
    left: (seconds: number) =>
      seconds >= 90 ? `about ${Math.round(seconds / 60)} min` : `about ${seconds} s`,
  },

  table: {
    sortedUp: "ascending",
    sortedDown: "descending",
    waiting: "Loading…",
  },

  person: {
    id: "ID",
    born: "Born",
    phone: "Phone",
    address: "Address",
    idNumber: "ID number",
    phoneNumber: "Phone number",
    restricted: "Restricted information exists",
  },
} satisfies Messages<typeof zh>;
