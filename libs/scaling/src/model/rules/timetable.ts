import { CronExpressionParser } from 'cron-parser';
import { isTimeZone } from './time-zone.js';

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
  if (!isTimeZone(timeZone)) {
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

/** What was found out of a span: the same from `from` until before `until`. */
interface KnownStretch {
  readonly from: number;
  readonly until: number;
  readonly isHeld: boolean;
}

const LOOK_AHEAD_MS = 3_600_000;
/** Of a clock into summer. */
const LONGEST_JUMP_MS = 3_600_000;
/** Reading a cron text takes longer than all else of a decision; a replay decides thousands of times. */
const known = new WeakMap<RecurringSpan, KnownStretch>();

function hasBegun(span: RecurringSpan, now: number): boolean {
  let stretch = known.get(span);
  if (stretch === undefined || now < stretch.from || now >= stretch.until) {
    stretch = stretchAt(span, now);
    known.set(span, stretch);
  }
  return stretch.isHeld;
}

/** Whether an occurrence lies in the time that a span lasts, up to now, and for how long that stays as it is. */
function stretchAt(span: RecurringSpan, now: number): KnownStretch {
  const begin = firstBetween(span, now - span.forMs, now + LOOK_AHEAD_MS);
  if (begin === undefined) return { from: now, until: now + LOOK_AHEAD_MS, isHeld: false };
  if (begin > now) return { from: now, until: begin, isHeld: false };
  return { from: begin, until: begin + span.forMs, isHeld: true };
}

/**
 * The first occurrence after `from`, up to and including `until`. The parser looks forward for it, and from before
 * the clock of the zone could jump: that way a beginning that is skipped takes place an hour later by that clock,
 * instead of not at all.
 */
function firstBetween(
  { cron, timeZone }: RecurringSpan,
  from: number,
  until: number,
): number | undefined {
  const bounds = {
    tz: timeZone,
    currentDate: new Date(from - LONGEST_JUMP_MS),
    endDate: new Date(until),
  };
  try {
    const occurrences = CronExpressionParser.parse(cron, bounds);
    let begin = occurrences.next().getTime();
    while (begin <= from) begin = occurrences.next().getTime();
    return begin <= until ? begin : undefined;
  } catch {
    return undefined; // there is none up to then
  }
}
