/** How many days were typed. */

/** The longest count that is asked for. */
const MOST_DAYS = 400;

/** A whole number of days, half or full width; undefined when it is none. */
export function numberOfDays(written: string): number | undefined {
  const plain = written.trim().normalize("NFKC");
  if (!/^\d{1,3}$/.test(plain)) return undefined;
  const days = Number(plain);
  return days <= MOST_DAYS ? days : undefined;
}
