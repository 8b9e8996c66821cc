/** The office: what a person likes, the catalogue, the calendar, the people, this machine and its printers. */
import type { Room } from "../../app/rooms";
import { router } from "../../app/router.svelte";
import { sections } from "./sections";
import { text } from "./text";

export const room: Room = {
  id: "office",
  keys: "room0",
  label: () => text.room,
  home: "/office/me",
  routes: [
    { path: "/office/catalogue/:code", page: () => import("./catalogue/ItemGuide.svelte") },
    { path: "/office/:section", page: () => import("./Office.svelte") },
  ],
  commands: sections.map((one) => ({
    id: `office.${one}`,
    label: () => `${text.room} · ${text.sections[one]}`,
    quiet: true,
    run: () => void router.go(`/office/${one}`),
  })),
};
