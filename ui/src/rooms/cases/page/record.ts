/** The record of a case as lines of the timeline, the latest first as the desk gives them; what has no effect says why. */
import type { TimelineView } from "../../../bindings";
import type { Happening } from "../../../kit/Timeline.svelte";
import { text } from "../text";

/** The lines of the record. */
export function happeningsOf(timeline: readonly TimelineView[]): Happening[] {
  return timeline.map((line, at): Happening => {
    const isVoid = line.effect !== "applied";
    const why = line.effect in text.effects ? text.effects[line.effect as keyof typeof text.effects] : "";
    return {
      // The first line stays the first when others come before it.
      id: String(timeline.length - at),
      at: line.time,
      title: line.text,
      who: [line.who, line.station, line.is_synced && text.page.synced].filter(Boolean).join(" · "),
      note: [why, line.note].filter(Boolean).join("：") || undefined,
      void: isVoid,
    };
  });
}
