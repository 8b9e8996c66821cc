/**
 * The one way to the desk: `desk.call(name, input)`, in the window through Tauri, in a local browser through HTTP.
 *
 * Components meet `done` and `refused` only. What fails (a broken disk, a closed window) is told by the listener of
 * `onFailure`, once, and comes back as a refusal with the reason `failed`. Nothing is decided or kept here.
 */
import { invoke, isTauri } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { language } from "../kit/i18n.svelte";
import type { Calls } from "./calls";

/** The rules' "no": a sentence for the person, in the language of the screen, made in Rust. */
export interface Refusal {
  /** The code of the rule that says no. */
  reason: string;
  /** What happened, what is safe, what next: whole sentences. */
  text: string;
  /** What to do next, where it stands apart. */
  next?: string | null;
  /** The field it is about. */
  field?: string | null;
  /** What the rule knows more: which papers are missing. */
  details?: unknown;
}

/** What a call comes back with. */
export type Answer<Value> = { status: "done"; value: Value } | { status: "refused"; refusal: Refusal };

/** The name of a call. */
export type CallName = keyof Calls;
/** What a call is given. */
export type Input<Name extends CallName> = Calls[Name]["input"];
/** What a call gives. */
export type Output<Name extends CallName> = Calls[Name]["output"];

type WireAnswer =
  | { status: "done"; value: unknown }
  | { status: "refused"; refusal: Refusal }
  | { status: "failed"; failure?: { text?: string } };

/** The desk cannot be reached, or broke. Its words are for the person. */
type FailureListener = (words: { text: string; next: string }) => void;

const words = {
  zh: {
    text: "本机没有回应，这一步没有做。已填内容都在。",
    next: "请再试一次；还是不行，请关掉窗口重新打开。",
  },
  en: {
    text: "This machine did not answer, and this step was not done. Nothing you typed is lost.",
    next: "Try again. If that does not help, close the window and open it again.",
  },
};

const failureListeners = new Set<FailureListener>();

/** The desk of this machine. */
export const desk = {
  /** Whether the screen runs in a browser, which keeps some keys for itself. */
  inBrowser: !isTauri(),

  /** Asks the desk, or tells it to do something. Never rejects. */
  async call<Name extends CallName>(name: Name, input: Input<Name>): Promise<Answer<Output<Name>>> {
    const answer = await (isTauri() ? invokeCall(name, input) : postCall(name, input)).catch(
      (): WireAnswer => ({ status: "failed" }),
    );
    // The desk's own types are generated from the same list of calls that it answers by.
    if (answer.status === "done") return { status: "done", value: answer.value as Output<Name> };
    if (answer.status === "refused") return answer;
    const said = words[language.current];
    const failure = { text: answer.failure?.text ?? said.text, next: said.next };
    for (const listener of failureListeners) listener(failure);
    return { status: "refused", refusal: { reason: "failed", ...failure } };
  },

  /** Tells of failures. Returns the way to stop. */
  onFailure(listener: FailureListener): () => void {
    failureListeners.add(listener);
    return () => failureListeners.delete(listener);
  },

  /** Tells that the system locks its screen or goes to sleep; a browser does not know. Returns the way to stop. */
  onSystemLock(listener: () => void): () => void {
    if (!isTauri()) return () => undefined;
    const listening = listen("system-lock", listener);
    return () =>
      void listening.then((stop) => {
        stop();
      });
  },

  /** Tells that something changed, here or by another window. Returns the way to stop. */
  onChanged(listener: () => void): () => void {
    if (isTauri()) {
      const listening = listen("changed", listener);
      return () =>
        void listening.then((stop) => {
          stop();
        });
    }
    const events = new EventSource(`./events?t=${encodeURIComponent(token())}`);
    events.addEventListener("changed", listener);
    // What changed while the line was broken was not told.
    let isReopened = false;
    events.addEventListener("open", () => {
      if (isReopened) listener();
      isReopened = true;
    });
    return () => {
      events.close();
    };
  },
};

async function invokeCall(name: string, input: unknown): Promise<WireAnswer> {
  return await invoke<WireAnswer>("call", { name, input });
}

async function postCall(name: string, input: unknown): Promise<WireAnswer> {
  const response = await fetch(`./call/${name}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "accept-language": language.current,
      "x-token": token(),
    },
    body: JSON.stringify(input),
  });
  if (!response.ok) return { status: "failed" };
  return (await response.json()) as WireAnswer;
}

/** The token of the local browser comes behind the address once; then it leaves the address. */
function token(): string {
  const given = /^#t=([^&]+)/.exec(location.hash)?.[1];
  if (given !== undefined) {
    sessionStorage.setItem("token", decodeURIComponent(given));
    history.replaceState(null, "", `${location.pathname}#/`);
  }
  return sessionStorage.getItem("token") ?? "";
}
