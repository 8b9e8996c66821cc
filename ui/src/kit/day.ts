/** How people write a day, and how the screen shows one. Only writing: due dates and holidays are the desk's. */
import { language } from "./i18n.svelte";
import { text } from "./text";

/** Reads a day as people write it (11-24, 1124, 11月24日, 2026-11-24), with the year of `today`; undefined if it is none. */
export function readDay(written: string, today: string): string | undefined {
  const plain = written.trim().normalize("NFKC");
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ??
    /^()(\d{2})(\d{2})$/.exec(plain) ??
    /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain);
  if (!parts) return undefined;
  const year = Number(parts[1] || today.slice(0, 4));
  const [month, day] = [Number(parts[2]), Number(parts[3])];
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal ? at.toISOString().slice(0, 10) : undefined;
}

/** `11-24 周二`, or with the year when it is another one than `today`'s. */
export function dayLabel(day: string, today: string): string {
  const short = day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day;
  return `${short} ${weekday(day)}`;
}

/** `周二` or `Tue`. */
export function weekday(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return "";
  if (language.current === "zh") return text.date.weekday(text.date.weekdays.charAt(at.getUTCDay()));
  return at.toLocaleDateString("en-GB", { weekday: "short", timeZone: "UTC" });
}

/** `10:42:07` on the clock of the office, which is eight hours ahead of UTC. */
export function timeLabel(at: Date, seconds = false): string {
  const there = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  return there.slice(11, seconds ? 19 : 16);
}

/** `11月24日 周二` or `Tue 24 Nov` on the calendar of the office. */
export function longDay(at: Date): string {
  const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  if (language.current === "zh")
    return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 ${weekday(day)}`;
  return new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  });
}
