/** The words of the register, in English. */
import type { Messages } from "../../kit/i18n.svelte";
import type { zh } from "./zh";

export const en = {
  room: "Register",

  search: {
    find: "Find a resident",
    label: "Find a resident: name, pinyin, end of the ID number, phone, door",
    placeholder: "Name or pinyin · ID number's end · phone · door 12-3-502",
    results: "Residents found",
    start: "Type a name, pinyin, the end of an ID number, a phone or a door. Not registered yet? Alt+N 5.",
    nothing: (typed) =>
      `“${typed}” was not found. Type less, try pinyin or the door, or register with Alt+N 5.`,
    count: (shown, total) => (total > shown ? `First ${shown} of ${total}` : `${total} found`),
    columns: { title: "Name", detail: "Birth and door", why: "Found by" },
    newResident: "Register a resident",
    back: "Back to the search",
  },

  resident: {
    waiting: "Fetching the resident…",
    age: (years) => `${years} years`,
    card: "Resident",
    residency: "Residency",
    reading: "Pinyin",
    document: "Document",
    open: "Open cases",
    openNone: (newCase: string) => `No open case. Take one in with ${newCase}.`,
    past: "Services",
    pastNone: "No earlier case and no enquiry.",
    held: "Papers we hold",
    heldNote: "may serve again",
    heldNone: "No paper that may serve again.",
    household: "Household",
    householdNone: "Nobody else is registered here.",
    householdNote: (count) => (count === 1 ? "1 person" : `${count} people`),
    conflicts: "Two values that differ",
    enquiry: "Enquiry",
    referred: (to) => `referred to ${to}`,
    columns: {
      what: "Item",
      when: "Day",
      state: "State",
      number: "Case number",
      from: "Handed in",
      name: "Name",
      relation: "Relation",
      age: "Age",
    },
    actions: { accept: "New case", enquiry: "New enquiry", edit: "Change details" },
  },

  fields: {
    name: "Name",
    nameHint: "As on the document, with dots and spaces",
    reading: "Reading",
    readingHint: "Pinyin of rare or ambiguous characters, e.g. shan xiaofang",
    idNumber: "ID number",
    idHint: "18 digits; leave it empty where there is no document, and give sex and birth below",
    sex: "Sex",
    birth: "Born",
    birthHint: "For example 1958-08-18",
    phone: "Phone",
    address: "Address",
    sexes: { male: "Male", female: "Female" },
    missing: (label) => `${label} is empty.`,
  },

  create: {
    title: "Register a resident",
    run: "Register",
    leave: "Not now",
    same: "This ID number is registered already:",
    useSame: (name) => `Use ${name}`,
    sameUnknown: "This ID number is registered already. Find the resident by the end of the number.",
    note: "Only what the matter needs. It can be changed any time; old values stay in the history.",
  },

  edit: {
    title: (name) => `Change details · ${name}`,
    run: "Keep",
    leave: "Leave it",
    phoneHint: (masked) =>
      masked ? `Now ${masked}. Leave empty to keep it.` : "Mobile, or with the area code",
    nothing: "Nothing was changed.",
    done: (name) => `Changed ${name}`,
    stale: "Somebody has just changed these details. What you typed is still here.",
    reload: "Go on with the details as they are now",
  },
} satisfies Messages<typeof zh>;
