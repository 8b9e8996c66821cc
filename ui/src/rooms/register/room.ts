/** The room of the register: finding residents, their pages, and entering new ones. */
import type { Room } from "../../app/rooms";
import { router } from "../../app/router.svelte";
import { text } from "./text";

export const room: Room = {
  id: "register",
  keys: "room3",
  label: () => text.room,
  home: "/register",
  routes: [
    { path: "/register", page: () => import("./search/RegisterHome.svelte") },
    { path: "/register/new", page: () => import("./new/NewResidentPage.svelte") },
    { path: "/register/:id", page: () => import("./resident/ResidentPage.svelte") },
    { path: "/register/:id/:doing", page: () => import("./resident/ResidentPage.svelte") },
  ],
  commands: [
    {
      id: "register.newResident",
      label: () => text.search.newResident,
      keys: "newResident",
      also: "xindengjijumin xdjjm",
      run: () => void router.go("/register/new"),
    },
  ],
  opens: { resident: (id) => `/register/${id}` },
};
