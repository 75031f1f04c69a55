import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalOf, numberOf, quantityOf } from '../index/quantity.js';
import { isWithin, parseRange, rangeText } from './quantity-range.js';

describe('a value of an attribute', () => {
  it.each([
    ['16', 16_000_000, ''],
    ['16 mm', 16_000_000, 'mm'],
    [' 1.5l ', 1_500_000, 'l'],
    ['1,5 l', 1_500_000, 'l'],
    ['-20 °C', -20_000_000, '°C'],
    ['0.000001 kW/h', 1, 'kW/h'],
    ['-0', 0, ''],
    ['16\u00A0mm', 16_000_000, 'mm'],
    ['16\u202Fmm', 16_000_000, 'mm'],
    ['16  mm', 16_000_000, 'mm'],
    ['−20 °C', -20_000_000, '°C'],
  ])('is a number with a unit: %s', (value, amount, unit) => {
    expect(quantityOf(value)).toEqual({ amount, unit });
  });

  it.each([
    '',
    'red',
    '1,500',
    '−1,500',
    '16x20',
    '1 000',
    '1.2.3',
    '1 - 2 mm',
    '1e5',
    '12345678901',
    'M 8',
  ])('is no number with a unit: %s', (value) => {
    expect(quantityOf(value)).toBeUndefined();
  });
});

describe('a range', () => {
  it.each([
    ['10..20 mm', '10..<20.000001 mm'],
    ['10..<20 mm', '10..<20 mm'],
    [' 10.50..<20mm ', '10.5..<20 mm'],
    ['10..', '10..'],
    ['..<0.5 "', '..<0.5 "'],
    ['-20..<-5.25 °C', '-20..<-5.25 °C'],
    ['5..5', '5..<5.000001'],
    ['−5..<10\u00A0mm', '-5..<10 mm'],
  ])('may be written in several ways, and is kept in one: %s', (text, canonical) => {
    const range = parseRange(text);
    expect(range === undefined ? undefined : rangeText(range)).toBe(canonical);
  });

  it.each([
    '',
    '..',
    'mm',
    '.. mm',
    '5..<5',
    '6..5',
    '1...5',
    '1..2..3',
    '1..2 m m',
    '1..<',
    'a..b',
  ])('is none, or has nothing in it: %s', (text) => {
    expect(parseRange(text)).toBeUndefined();
  });

  it('has what is in it, of its unit alone, and is read as it was written', () => {
    const amount = fc.integer({ min: -(10 ** 9), max: 10 ** 9 });
    fc.assert(
      fc.property(amount, amount, amount, (from, below, looked) => {
        expect(quantityOf(`${decimalOf(looked)} mm`)).toEqual({ amount: looked, unit: 'mm' });
        expect(numberOf(looked) * 1e6).toBeCloseTo(looked, 3);
        const range = parseRange(`${decimalOf(from)}..<${decimalOf(below)} mm`);
        expect(range === undefined).toBe(from >= below);
        if (range === undefined) return;
        expect(parseRange(rangeText(range))).toEqual(range);
        const isIn = looked >= from && looked < below;
        expect(isWithin(range, { amount: looked, unit: 'mm' })).toBe(isIn);
        expect(isWithin(range, { amount: looked, unit: 'm' })).toBe(false);
      }),
    );
  });

  it.each([
    ['10..<20 mm', [10, 19.999999], [9.999999, 20]],
    ['10..20 mm', [10, 20], [20.000001]],
    ['10.. mm', [10, 1e9], [9.999999, -10]],
    ['..<20 mm', [-1e9, 0, 19.999999], [20]],
  ])('begins with its first value, and ends as it says: %s', (text, inside, outside) => {
    const range = parseRange(text);
    const isIn = (number: number) =>
      range !== undefined && isWithin(range, { amount: Math.round(number * 1e6), unit: 'mm' });
    expect([inside.filter(isIn), outside.filter(isIn)]).toEqual([inside, []]);
  });
});
