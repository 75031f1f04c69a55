import { CronExpressionParser } from 'cron-parser';

/** When a constraint rule holds: always, within a period, in recurring spans, or both. */
export interface Timetable {
  /** Epoch milliseconds, inclusive. */
  readonly from: number | undefined;
  /** Epoch milliseconds, exclusive. */
  readonly until: number | undefined;
  readonly spans: RecurringSpan | undefined;
}

/** Spans that begin by the clock of a time zone and last for an elapsed time. */
export interface RecurringSpan {
  /** Five fields; `5L` in the last is the last Friday of a month, `1#2` the second Monday. */
  readonly cron: string;
  readonly timeZone: string;
  readonly forMs: number;
}

/** Whether a timetable holds at `now`. A span begins with its first moment and ends before its last. */
export function isWithin({ from, until, spans }: Timetable, now: number): boolean {
  if (from !== undefined && now < from) return false;
  if (until !== undefined && now >= until) return false;
  if (spans === undefined) return true;
  return hasBegun(spans, now);
}

/** Why the texts of a recurring span cannot be used; undefined when they can. */
export function breachOfSpan(cron: string, timeZone: string): string | undefined {
  try {
    Intl.DateTimeFormat('en', { timeZone });
  } catch {
    return `${timeZone} is no time zone; one is called like Europe/Berlin`;
  }
  if (cron.trim().split(/\s+/).length !== 5) {
    return 'takes five fields: minute, hour, day, month, weekday';
  }
  try {
    CronExpressionParser.parse(cron, { tz: timeZone }).next();
    return undefined;
  } catch (error) {
    return `is no cron text: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * Whether an occurrence lies in the time that a span lasts, up to now. The parser looks forward for it: that way
 * a beginning that the clock of the zone skips takes place an hour later by that clock, instead of not at all.
 */
function hasBegun({ cron, timeZone, forMs }: RecurringSpan, now: number): boolean {
  try {
    const bounds = { tz: timeZone, currentDate: new Date(now - forMs), endDate: new Date(now) };
    return CronExpressionParser.parse(cron, bounds).next().getTime() <= now;
  } catch {
    return false; // there is none up to now
  }
}
