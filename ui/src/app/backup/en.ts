/** The words of backups, in English. */
import type { Messages } from "../../kit/i18n.svelte";
import type { zh } from "./zh";

export const en = {
  where: "Where to",
  whereHint: "A folder on a stick or another disk, for example /media/usb/backup",
  places: "Sticks and disks plugged in",
  choose: "Back up here",
  chosen: (folder) => `Backups go to ${folder}`,
  change: "Another place",
  sameDisk:
    "This folder is on the same disk as the records: one broken disk takes both. Better take a stick.",
  run: "Back up now",
  running: "Backing up, then reading it back",
  done: (at, commits) =>
    `Backed up ${at}: ${commits === "1" ? "1 commit" : `${commits} commits`}, read back and checked.`,
  file: (file) => `File: ${file}`,

  title: "Backup and restore",
  automatic:
    "A backup is made by itself at noon and when the program is closed, when there is something new. It is one sealed file that only the code of the recovery sheet opens.",
  noSheet: "The recovery sheet in use does not open backups: make a new one first.",

  sheet: {
    title: "Recovery sheet (sealed envelope)",
    note: "Only the code of the recovery sheet opens a backup. If the sheet is lost, opened or may have been seen, make a new one: the old code opens no later backup. It goes on record.",
    password: (name) => `Password of ${name}`,
    make: "Make a new sheet",
    code: "The new recovery code, shown only once",
    number: (number) => `Sheet ${number}`,
    print: "Print the sheet",
    how: "Print it or write it down, seal it in an envelope with two people, and give it to the supervisor. No photo, no file. Make a backup right away.",
    put: "Sealed, put it away",
    picture: "Recovery sheet",
  },

  restore: {
    title: "Restore a backup",
    lead: "This PC becomes a new machine of the community. The old machine and the backup file are not changed.",
    begin: "Restore a backup…",
    file: "Backup file",
    fileHint: "Its name begins with yichuang- and ends with .age; write the whole path",
    code: "Recovery code",
    codeHint: "As on the sheet; case, spaces and hyphens do not matter",
    password: "Everybody's new password",
    passwordHint: "All use it first; change it in Office · Me",
    run: "Restore",
    back: "Back",
    enter: "Go in",
    station: (station) => `Station ${station}`,
    people: (names) => `Who can go in: ${names}`,
  },

  first: {
    note: "The records are on this PC only. Plug in a stick, make the first backup, and keep it apart from the sheet.",
    later: "Back up later; home goes on saying so",
    enter: "Go in",
  },
} satisfies Messages<typeof zh>;
