/** What the light in the header says of the hub: only what the hub acknowledged, and nothing that hurries. */
import type { Tone } from "../kit/shapes";
import type { Output } from "./desk";
import { text } from "./text";

/** A light with its words. */
export interface Light {
  tone: Tone;
  text: string;
  /** Why, for whoever asks. */
  why: string;
}

/** The light of a state; before the first answer, that of a desk alone. */
export function lightOf(state: Output<"sync_state"> | undefined): Light {
  if (!state?.joined) return { tone: "offline", text: text.offline, why: text.offlineWhy };
  const parts = [
    state.trouble != null && text.sync.away,
    state.refused > 0 && text.sync.refused(state.refused),
    state.pending > 0 && text.sync.pending(state.pending),
    state.trouble == null && state.last == null && text.sync.waiting,
    state.trouble == null && state.pending === 0 && state.last != null && text.sync.synced,
    state.last != null && text.sync.last(state.last),
  ];
  const tone =
    state.trouble != null
      ? "offline"
      : state.pending + state.refused > 0 || state.last == null
        ? "waiting"
        : "ok";
  return {
    tone,
    text: parts.filter((part) => part !== false).join(" · "),
    why: state.trouble ?? text.sync.why,
  };
}
