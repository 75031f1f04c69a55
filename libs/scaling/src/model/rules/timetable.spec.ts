import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWithin } from './timetable.js';

const at = (text: string) => Date.parse(text);
const spans = (cron: string, hours: number, timeZone = 'Europe/Berlin') => ({
  from: undefined,
  until: undefined,
  spans: { cron, timeZone, forMs: hours * 3_600_000 },
});

describe('a timetable', () => {
  it.each<[string, string, string, string]>([
    ['daily', '0 8 * * *', '2026-03-03T07:00:00Z', '2026-03-03T09:00:00Z'],
    ['weekly', '0 8 * * 5', '2026-03-06T07:00:00Z', '2026-03-06T09:00:00Z'],
    ['monthly', '0 8 1 * *', '2026-03-01T07:00:00Z', '2026-03-01T09:00:00Z'],
    ['yearly', '0 8 24 12 *', '2026-12-24T07:00:00Z', '2026-12-24T09:00:00Z'],
    [
      'on the last Friday of each month',
      '0 8 * * 5L',
      '2026-11-27T07:00:00Z',
      '2026-11-27T09:00:00Z',
    ],
    [
      'on the second Monday of each month',
      '0 8 * * 1#2',
      '2026-11-09T07:00:00Z',
      '2026-11-09T09:00:00Z',
    ],
  ])('holds %s from its first moment until before its last', (_kind, cron, first, end) => {
    const timetable = spans(cron, 2);
    expect(isWithin(timetable, at(first) - 1)).toBe(false);
    expect(isWithin(timetable, at(first))).toBe(true);
    expect(isWithin(timetable, at(end) - 1)).toBe(true);
    expect(isWithin(timetable, at(end))).toBe(false);
  });

  it('begins by the clock of its zone in summer and in winter', () => {
    const eight = spans('0 8 * * *', 1);
    expect(isWithin(eight, at('2026-07-01T06:00:00Z'))).toBe(true);
    expect(isWithin(eight, at('2026-07-01T07:00:00Z'))).toBe(false);
    expect(isWithin(eight, at('2026-12-01T06:00:00Z'))).toBe(false);
    expect(isWithin(eight, at('2026-12-01T07:00:00Z'))).toBe(true);
  });

  it('lasts for an elapsed time across the change of the clock', () => {
    // At 02:00 on 29 March the clock of Berlin jumps to 03:00.
    const night = spans('0 1 * * *', 2);
    expect(isWithin(night, at('2026-03-29T00:00:00Z'))).toBe(true);
    expect(isWithin(night, at('2026-03-29T01:59:59Z'))).toBe(true);
    expect(isWithin(night, at('2026-03-29T02:00:00Z'))).toBe(false);
  });

  it('does not lose the day whose beginning the clock skips', () => {
    const skipped = spans('30 2 * * *', 3);
    expect(isWithin(skipped, at('2026-03-29T01:30:00Z') - 1)).toBe(false);
    expect(isWithin(skipped, at('2026-03-29T02:00:00Z'))).toBe(true);
    // As long as any other, also where the clock has jumped by the time that is asked for.
    expect(isWithin(spans('30 2 * * *', 3), at('2026-03-29T04:29:59Z'))).toBe(true);
    expect(isWithin(skipped, at('2026-03-29T04:30:00Z'))).toBe(false);
  });

  it('holds on while a span is longer than the time to the next', () => {
    const always = spans('0 8 * * *', 30);
    for (let hour = 0; hour < 48; hour += 1) {
      expect(isWithin(always, at('2026-05-01T00:00:00Z') + hour * 3_600_000)).toBe(true);
    }
  });

  it('answers the same whatever it was asked before', () => {
    const days = fc.integer({ min: 0, max: 3 * 24 * 60 }).map((minute) => minute * 60_000);
    const cron = fc.constantFrom('0 8 * * *', '30 2 * * *', '15 */6 * * *', '0 1 * * 0');
    const check = (text: string, hours: number, times: readonly number[]) => {
      const asked = spans(text, hours);
      for (const time of times) {
        const now = at('2026-03-28T00:00:00Z') + time;
        expect(isWithin(asked, now)).toBe(isWithin(spans(text, hours), now));
      }
    };
    const hours = fc.integer({ min: 1, max: 30 });
    fc.assert(fc.property(cron, hours, fc.array(days, { maxLength: 8 }), check), { numRuns: 40 });
  });

  it('holds in the spans of its period only', () => {
    const sale = {
      ...spans('0 8 * * *', 2),
      from: at('2026-11-27T00:00:00Z'),
      until: at('2026-11-28T00:00:00Z'),
    };
    expect(isWithin(sale, at('2026-11-26T07:30:00Z'))).toBe(false);
    expect(isWithin(sale, at('2026-11-27T07:30:00Z'))).toBe(true);
    expect(isWithin(sale, at('2026-11-28T07:30:00Z'))).toBe(false);
    expect(isWithin({ ...sale, spans: undefined }, at('2026-11-27T23:59:59Z'))).toBe(true);
  });
});
