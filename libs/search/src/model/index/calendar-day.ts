const MS_PER_DAY = 86_400_000;

/** The day of UTC that a time is in, counted from 1970. */
export function dayOf(timeMs: number): number {
  return Math.floor(timeMs / MS_PER_DAY);
}

/** The day that a date (`2026-11-29`) names. */
export function dayNamed(date: string): number {
  return dayOf(Date.parse(`${date}T00:00:00Z`));
}
