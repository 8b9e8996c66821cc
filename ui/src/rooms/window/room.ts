/** The room of the window: the desk home, taking in a case, answering a question, and the papers that come of it. */
import type { Room } from "../../app/rooms";
import { router } from "../../app/router.svelte";
import { text } from "./text";

export const room: Room = {
  id: "window",
  keys: "room1",
  label: () => text.room,
  home: "/window",
  routes: [
    { path: "/window", page: () => import("./home/Home.svelte") },
    { path: "/window/accept", page: () => import("./accept/Accept.svelte") },
    { path: "/window/accept/:person", page: () => import("./accept/Accept.svelte") },
    { path: "/window/accept/:person/:item", page: () => import("./accept/Accept.svelte") },
    { path: "/window/draft/:draft", page: () => import("./accept/Accept.svelte") },
    { path: "/window/print/:case", page: () => import("./print/Print.svelte") },
    { path: "/window/enquiry", page: () => import("./enquiry/Enquiry.svelte") },
    { path: "/window/enquiry/:person", page: () => import("./enquiry/Enquiry.svelte") },
    { path: "/window/enquiry/:person/:banned", page: () => import("./enquiry/Enquiry.svelte") },
    { path: "/window/question/:draft", page: () => import("./enquiry/Enquiry.svelte") },
  ],
  commands: [
    {
      id: "window.newEnquiry",
      label: () => text.home.newEnquiry,
      keys: "newEnquiry",
      also: "jizixun jzx",
      run: () => void router.go("/window/enquiry"),
    },
    {
      id: "window.newCase",
      label: () => text.home.newCase,
      keys: "newCase",
      also: "xinshoujian xsj",
      run: () => void router.go("/window/accept"),
    },
  ],
  opens: {
    item: (code) => `/window/accept/-/${code}`,
    banned: (no) => `/window/enquiry/-/${no}`,
  },
};
