/** The days of a limit as a strip shows them; long ones fold into weeks. What a day counts for is the desk's. */

/** What a day is to the limit. */
export type DayKind = "start" | "counted" | "rest" | "paused" | "due" | "plain";

/** A day of the strip. */
export interface StripDay {
  /** 2026-11-24 */
  day: string;
  kind: DayKind;
  /** The word or number below the day: "受理", "3", "六", "到期". */
  mark: string;
  /** Why it counts or not, as a sentence. */
  why: string;
}

/** Strips longer than this fold into weeks. */
export const LONGEST_STRIP = 16;

/** A chip of the strip. */
export interface Chip {
  /** Its day, or the first one of its week. */
  id: string;
  /** The last day of the week it stands for. */
  until?: string;
  kind: DayKind;
  head: string;
  mark: string;
  why: string;
}

/**
 * Days as chips: one each, or one a week between the first and the last day when there are too many. Of the weeks that
 * hold a day of `opened`, every day is there.
 */
export function fold(
  days: readonly StripDay[],
  week: (from: string, to: string) => string,
  counted: (days: number) => string,
  opened: readonly string[] = [],
): Chip[] {
  const chip = ({ day, kind, mark, why }: StripDay): Chip => {
    const head = String(Number(day.slice(8)));
    return { id: day, kind, head, mark, why };
  };
  if (days.length <= LONGEST_STRIP) return days.map(chip);
  const weeks = new Map<number, StripDay[]>();
  for (const day of days.slice(1, -1)) {
    // 1970-01-01 was a Thursday; weeks begin on Monday.
    const number = Math.floor((Date.parse(`${day.day}T00:00:00Z`) / 86_400_000 + 3) / 7);
    weeks.set(number, [...(weeks.get(number) ?? []), day]);
  }
  const middle = [...weeks.values()].flatMap((inWeek): Chip[] => {
    if (inWeek.length === 1 || inWeek.some(({ day }) => opened.includes(day))) return inWeek.map(chip);
    const from = inWeek[0]?.day ?? "";
    const to = inWeek.at(-1)?.day ?? "";
    const count = inWeek.filter(({ kind }) => kind === "counted").length;
    const isPaused = inWeek.some(({ kind }) => kind === "paused");
    const shown: Chip = {
      id: from,
      until: to,
      kind: count > 0 ? "counted" : isPaused ? "paused" : "rest",
      head: `${from.slice(5)}–${to.slice(8)}`,
      mark: counted(count),
      why: `${week(from, to)} · ${counted(count)}`,
    };
    return [shown];
  });
  return [...days.slice(0, 1).map(chip), ...middle, ...days.slice(-1).map(chip)];
}
