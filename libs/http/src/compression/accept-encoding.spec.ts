import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseCoding } from './accept-encoding.js';

describe('the coding for an Accept-Encoding', () => {
  it.each([
    [undefined, undefined, false],
    ['', undefined, false],
    ['gzip, deflate, br, zstd', 'br', false],
    ['gzip', 'gzip', false],
    ['x-gzip', 'gzip', false],
    ['GZip;Q=0.5', 'gzip', false],
    ['br;q=0.5, gzip', 'gzip', false],
    ['br;q=0, gzip;q=0', undefined, false],
    ['*', 'br', false],
    ['*, br;q=0', 'gzip', false],
    ['gzip;q=0.5, *;q=0.1', 'gzip', false],
    ['identity', undefined, false],
    ['identity, gzip;q=0.5', undefined, false],
    ['identity;q=0.5, gzip', 'gzip', false],
    ['gzip, identity', 'gzip', false],
    ['gzip, identity;q=0', 'gzip', true],
    ['br, *;q=0', 'br', true],
    ['*;q=0, identity', undefined, false],
    // Nothing that is sent here is acceptable: the body as it is beats no answer.
    ['identity;q=0', undefined, false],
    ['*;q=0', undefined, false],
    ['deflate, zstd', undefined, false],
    ['br;q=2, gzip;q=x, gzip;q=', undefined, false],
    ['br ; q=1.000 ,', 'br', false],
    ['brotli, bro, b r', undefined, false],
    ['constructor, __proto__, gzip', 'gzip', false],
  ])('%s', (header, coding, isForced) => {
    expect(chooseCoding(header)).toEqual({ coding, isForced });
    // Once more, remembered.
    expect(chooseCoding(header)).toEqual({ coding, isForced });
  });

  it('is one that the client takes, whatever it sends', () => {
    const name = fc.constantFrom('br', 'gzip', 'identity', '*', 'deflate', 'x-gzip', 'BR', ' ', '');
    const weight = fc.constantFrom('', ';q=0', '; q=0.3', ';q=1', ';q=0.000', ';q=9', ';x=1');
    const element = fc.oneof(
      fc.tuple(name, weight).map((parts) => parts.join('')),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(element, { maxLength: 6 }), (elements) => {
        const { coding, isForced } = chooseCoding(elements.join(','));
        expect(['br', 'gzip', undefined]).toContain(coding);
        expect(isForced && coding === undefined).toBe(false);
        if (coding === undefined) return;
        // Some of the texts hold commas themselves.
        const own = elements
          .join(',')
          .split(',')
          .map((each) => each.trim().toLowerCase());
        expect(own.some((each) => each.startsWith('*') || each.includes(coding))).toBe(true);
        // The last word about a coding counts; with one alone there is no other.
        if (own.length === 1) expect(own[0]).not.toMatch(/q=0(\.0*)?$/);
      }),
      { numRuns: 2_000 },
    );
  });
});
