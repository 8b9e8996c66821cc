/** The words of the office, in English. */
import type { Messages } from "../../kit/i18n.svelte";
import type { zh } from "./zh";

export const en = {
  room: "Office",
  sections: {
    me: "Me",
    catalogue: "Catalogue",
    calendar: "Calendar",
    staff: "Staff",
    machine: "This machine",
    printers: "Printing",
  },

  me: {
    saved: "kept at once",
    language: "Language",
    languages: { zh: "中文", en: "English" },
    theme: "Colours",
    themes: { light: "Light", dark: "Dark", hc: "High contrast", system: "As the system" },
    density: "Density",
    densities: { comfortable: "Comfortable", compact: "Compact" },
    size: "Text size",
    facing: "Facing mode",
    facingHint: "Names on home lists are masked while a resident is at the window",
    on: "On",
    off: "Off",
    pin: "PIN for the shade",
    pinHint: "6 digits. It lifts the shade; the lock asks for the password.",
    pinAgain: "The PIN again",
    pinWrong: "A PIN has 6 digits.",
    pinDiffers: "The two differ.",
    pinRun: "Set the PIN",
    pinDone: "The PIN is set. It lifts the shade (F9).",
  },

  catalogue: {
    filter: "Find an item: name, pinyin, everyday word, code",
    placeholder: "residence permit, HJ002",
    count: (total) => (total === 1 ? "1 item" : `${total} items`),
    nothing: (typed) => `No item is called “${typed}”. Try an everyday word or pinyin.`,
    columns: {
      code: "Code",
      name: "Item",
      group: "Group",
      kind: "Kind",
      role: "Who accepts",
      promise: "Promise",
    },
    kinds: { instant: "Instant", promise: "Promise" },
    roles: { decides: "We decide", accepts: "We accept", collects: "We collect" },
  },

  guide: {
    title: "Guide",
    back: "Back to the catalogue",
    accept: "New case",
    waiting: "Fetching the item…",
    kind: "Kind",
    role: "Who accepts",
    department: "Handled by",
    promise: "Promised",
    legal: "Legal limit",
    result: "Result",
    agent: "Agent",
    agentYes: "An agent may come",
    agentNo: "The applicant must come",
    network: "Department's system",
    networkYes: "Must be entered there; offline it is received and entered later",
    situations: "Situations",
    basis: "Basis",
    publicName: "Public name",
    aliases: "Also called",
    materials: "Materials to bring",
    materialsNone: "No materials: a statement is enough.",
    columns: { name: "Material", form: "Form", handling: "At the counter", more: "Notes" },
    optional: "optional",
    deferrable: "may follow",
    eCert: "electronic certificate accepted",
    anyOf: "one of several",
    readOnly: "Read only; the supervisor imports the community's own list.",
  },

  calendar: {
    provisional: "Provisional",
    noteFine: "This year's holidays are announced; limits follow them.",
    unknown:
      "Years without a notice count Monday to Friday less the statutory days. Limits there are provisional and are counted again after the notice.",
    count: "Count working days",
    from: "From",
    days: "Working days",
    fromHint: "The day itself does not count",
    result: (day) => `Until ${day}`,
    wrongDays: "A whole number from 0 to 400.",
  },

  staff: {
    note: (count) => (count === 1 ? "1 person" : `${count} people`),
    none: "Nobody yet.",
    columns: { name: "Name", role: "Role", corner: "Corner", here: "" },
    corner: (corner) => corner,
    here: "at the desk",
    hint: "The supervisor adds and removes people.",
  },

  machine: {
    community: "Community",
    station: "Station",
    version: "Version",
    today: "This machine's day",
    data: "Data",
    dataNote:
      "Cases, residents and drafts are on this machine, encrypted, also without a network. What is kept survives a power cut.",
    weak: "This machine has no key store; the keys are protected by passwords. Use a long one, and never hand out the disk.",
    verify: "Check the record",
    verifyNote:
      "Reads this machine's record from the start: nothing missing, changed or out of order. It changes nothing.",
    verifyDone: "The record is complete.",
  },

  printers: {
    note: "Papers go to the system's print queue and its default printer, two copies. Without a printer they wait in To print; their numbers are valid all the same.",
    waiting: (count) => (count === 1 ? "1 paper to print" : `${count} papers to print`),
    nothing: "No paper is waiting to be printed.",
    open: "See them",
  },
} satisfies Messages<typeof zh>;
