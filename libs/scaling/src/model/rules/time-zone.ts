export function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** By the clock of a zone: some differ from UTC by a part of an hour. */
export function minuteOfHour(timeZone: string, now: number): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone, minute: 'numeric' }).format(now));
}
