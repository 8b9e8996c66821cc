/** The days of a limit, from the desk's count to the chips of the strip. The desk has counted; this only says it. */
import type { DueDay } from "../../../bindings";
import { weekday } from "../../../kit/day";
import type { StripDay } from "../../../kit/DueStrip.svelte";
import { language } from "../../../kit/i18n.svelte";
import { text } from "../text";

type Kind = "start" | "counted" | "rest" | "paused" | "due";

/** The strip of a limit that ends on `due`; `start` is the word of its first day: 受理, or 代收 where we only collect. */
export function stripOf(
  because: readonly DueDay[],
  due: string | null,
  start = text.why.accepted,
): StripDay[] {
  const last = due ?? because.at(-1)?.date;
  return because.map((day): StripDay => {
    const said = saying(day, start);
    const isLast = day.date === last && day.why.is !== "acceptance";
    const why = [said.why, isLast && text.why.due, day.provisional && text.why.provisional]
      .filter(Boolean)
      .join(" · ");
    const mark = isLast ? `${"n" in day.why ? `${day.why.n} ` : ""}${text.why.due}` : said.mark;
    return { day: day.date, kind: isLast ? "due" : said.kind, mark, why };
  });
}

function saying({ date, why }: DueDay, start: string): { kind: Kind; mark: string; why: string } {
  switch (why.is) {
    case "acceptance":
      return { kind: "start", mark: start, why: text.why.first(start) };
    case "counted":
      return { kind: "counted", mark: String(why.n), why: text.why.counted(why.n) };
    case "worked_rest_day":
      return { kind: "counted", mark: String(why.n), why: text.why.worked(why.n) };
    case "weekend":
      return { kind: "rest", mark: weekday(date).replace("周", ""), why: text.why.weekend };
    case "holiday":
      return { kind: "rest", mark: text.why.holidayMark, why: text.why.holiday(why.name[language.current]) };
    case "paused":
      return { kind: "paused", mark: text.why.pausedMark, why: text.why.paused };
    case "rolled_forward":
      return { kind: "due", mark: text.why.rolledMark, why: text.why.rolled };
  }
}
