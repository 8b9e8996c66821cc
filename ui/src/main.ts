// The page's entry point: listens to the keyboard in the right order, and puts the application into the page.
import { mount } from "svelte";
import App from "./App.svelte";
import { listenToKeys } from "./kit/commands.svelte";
import { guardInputMethod } from "./kit/ime";
import { watchReaders } from "./kit/readers";
import "./kit/fonts.css";
import "./kit/tokens.css";
import "./kit/base.css";

const target = document.querySelector("#app");
if (!target) throw new Error("index.html has no #app");

// Readers look first, because an input method would swallow their keys; then the guard; then everybody else.
watchReaders();
guardInputMethod();
listenToKeys();

mount(App, { target });
