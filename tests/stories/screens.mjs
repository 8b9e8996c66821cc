// The screens of which `cargo xtask shots` takes pictures, and how to get to each with the keyboard.
//
// A group can be asked for by its name, a screen by its own. A group shares one desk in each language: `prepare` makes it, `person` is whose preferences count, `enter` brings the
// page to where the screens begin. A screen starts from wherever the one before it ended, and must not depend on the
// language. It is given the page and: `desk`, the folder behind it; `served`, the desk as it is asked; `server`, the
// program that serves it.
import { cases, supervisor } from "./screens/cases.mjs";
import { counter } from "./screens/counter.mjs";
import { desk } from "./screens/desk.mjs";
import { empty, envelope, forgetful, lock, restoring, setUp } from "./screens/gate.mjs";

export const groups = {
  first: setUp,
  restoring,
  lock,
  envelope,
  forgetful,
  empty,
  desk,
  counter,
  caseload: cases,
  supervisor,
};
