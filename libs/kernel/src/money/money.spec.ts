import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatMinor, parseMinor } from './money.js';

describe('money', () => {
  it('reads decimal texts exactly', () => {
    expect(parseMinor('49.90', 'EUR')).toBe(4990);
    expect(parseMinor('50', 'EUR')).toBe(5000);
    expect(parseMinor('0.1', 'EUR')).toBe(10);
    expect(parseMinor('1200', 'JPY')).toBe(1200);
    expect(parseMinor('5.000', 'EUR')).toBe(500);
    expect(parseMinor('1.234', 'KWD')).toBe(1234);
    expect(parseMinor('-0.00', 'EUR')).toBe(0);
  });

  it('refuses what it cannot represent', () => {
    for (const text of [
      '',
      'abc',
      '1,50',
      '1.005',
      '.5',
      '1e3',
      '99999999999999999',
      'NaN',
      '--1',
    ]) {
      expect(parseMinor(text, 'EUR')).toBeUndefined();
    }
    expect(parseMinor('1.5', 'JPY')).toBeUndefined();
    for (const currency of ['eur', 'EURO', '']) {
      expect(() => parseMinor('1', currency)).toThrow(RangeError);
    }
  });

  it('writes what it reads', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
        fc.constantFrom('EUR', 'USD', 'JPY', 'KWD'),
        (amount, currency) => {
          expect(parseMinor(formatMinor(amount, currency), currency)).toBe(amount);
        },
      ),
    );
  });
});
