/** The room of cases: lists, and one page for each case. */
import type { Room } from "../../app/rooms";
import { router } from "../../app/router.svelte";
import { filters } from "./list/filters";
import { text } from "./text";

export const room: Room = {
  id: "cases",
  keys: "room2",
  label: () => text.room,
  home: "/cases",
  routes: [
    { path: "/cases", page: () => import("./list/CaseList.svelte") },
    { path: "/cases/in/:filter", page: () => import("./list/CaseList.svelte") },
    { path: "/cases/:id", page: () => import("./page/CasePage.svelte") },
    { path: "/cases/:id/:call", page: () => import("./page/CasePage.svelte") },
  ],
  commands: filters.map((one) => ({
    id: `cases.list.${one}`,
    label: () => `${text.room} · ${text.filters[one]}`,
    quiet: true,
    run: () => void router.go(`/cases/in/${one}`),
  })),
  opens: { case: (id) => `/cases/${id}` },
};
