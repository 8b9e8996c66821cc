// The screens of which `cargo xtask shots` takes pictures, and how to get to each with the keyboard.
//
// A group shares one desk: `prepare` makes it, `enter` brings the page to where the screens begin. A screen starts from
// wherever the one before it ended, and must not depend on the language.
import { emptyDesk, freshDesk, PASSWORD } from "../harness/desk.mjs";

/** The first clerk unlocks. */
async function unlock(page) {
  await page.has("input[type=password]");
  await page.press("1");
  await page.type(PASSWORD);
  await page.press("Enter");
  await page.has("nav");
}

export const groups = [
  {
    prepare: emptyDesk,
    screens: {
      "set-up": (page) => page.has("input"),
    },
  },
  {
    prepare: freshDesk,
    screens: {
      unlock: (page) => page.has("input[type=password]"),
    },
  },
  {
    prepare: freshDesk,
    person: "王丽",
    enter: unlock,
    screens: {
      home: (page) => page.press("Alt+1"),
      cases: (page) => page.press("Alt+2"),
      register: (page) => page.press("Alt+3"),
      office: (page) => page.press("Alt+0"),
      palette: (page) => page.press("Control+K"),
      keys: (page) => page.press("Escape", "F1"),
    },
  },
];
