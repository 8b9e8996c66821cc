/** The words of the shell, in English. */
import type { Messages } from "../kit/i18n.svelte";
import type { zh } from "./zh";

export const en = {
  brand: "Yichuang",
  rooms: "Rooms",
  offline: "Offline · kept here",
  offlineWhy:
    "Not connected to the hub. Accepting, printing and searching go on; everything is kept on this machine.",
  sync: {
    synced: "Synced",
    waiting: "Waiting for the hub",
    pending: (count: number) => `To send ${count}`,
    refused: (count: number) => `Refused ${count}`,
    away: "Offline",
    last: (time: string) => `last ${time}`,
    why: "Only what the hub has acknowledged counts. The rest is kept on this machine and sent by itself.",
  },
  corner: (corner: string) => `${corner} · `,
  facingLeave: "Facing · leave",
  facing: "Facing",
  facingOn: "Facing mode on: lists mask names",
  facingOff: "Facing mode off",
  saved: (time: string) => `All kept on this machine ${time}`,
  savedAnswer: (time: string) => `Kept ${time}`,
  nothingToSave: "Nothing waits to be kept",
  hints: "Keys",
  putAway: "Understood",

  commands: {
    keys: "All keys",
    search: "Search",
    palette: "Commands",
    nextArea: "Next area",
    previousArea: "Previous area",
    shade: "Shade",
    lock: "Lock",
    duty: "Duty",
    back: "Back",
    forward: "Forward",
    textLarger: "Larger text",
    textSmaller: "Smaller text",
    textNormal: "Text 100 %",
    saved: "Is it kept?",
    chinese: "Chinese screen 中文",
    english: "English screen",
    light: "Light",
    dark: "Dark",
    hc: "High contrast",
    comfortable: "Comfortable rows",
    compact: "Compact rows",
    gallery: "Gallery of components",
  },

  day: {
    confirm: (day: string) => `Today is ${day}`,
    confirmed: "The day is confirmed. Please repeat what you just did.",
  },

  duty: {
    title: "Who is at the window today?",
    me: (pair: string) => (pair ? `I am, ${pair} is out` : "I am"),
    pair: (pair: string) => (pair ? `${pair} is, I am out` : "I am out"),
    both: "Both of us",
    keep: "Keep",
  },
} satisfies Messages<typeof zh>;
