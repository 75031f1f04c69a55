import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { booleanOf } from './boolean-text.js';
import { plainDecimal, provenDecimalMark } from './decimal-text.js';

describe('plainDecimal', () => {
  it.each([
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1 234,56', '1234.56'],
    ['1\u00a0234,56', '1234.56'],
    ['1\u202f234,56', '1234.56'],
    ["1'234.50", '1234.50'],
    ['1’234.50', '1234.50'],
    ['12,34,567.80', '1234567.80'],
    ['1.234.567', '1234567'],
    ['€ 10,5', '10.5'],
    ['10 EUR', '10'],
    ['-3', '-3'],
    ['−3,5 €', '-3.5'],
    ['.5', '0.5'],
    ['0.125', '0.125'],
  ])('reads %s', (text, plain) => {
    expect(plainDecimal(text, '.', 'EUR')).toBe(plain);
  });

  it('reads one sign with three digits behind it as the file does', () => {
    expect(plainDecimal('1.234', '.')).toBe('1.234');
    expect(plainDecimal('1.234', ',')).toBe('1234');
    expect(plainDecimal('1,234', '.')).toBe('1234');
    expect(plainDecimal('1,234', ',')).toBe('1.234');
    expect(plainDecimal('1.234', 'mixed')).toBeUndefined();
    expect(plainDecimal('1234', 'mixed')).toBe('1234');
  });

  it.each([
    '',
    'abc',
    '1e3',
    '1,23,45.6',
    '1.2.3',
    '12.34.56',
    '10 USD',
    '₹ 10',
    '--1',
    '1,2,3',
    '.',
  ])('refuses %j', (text) => {
    expect(plainDecimal(text, '.', 'EUR')).toBeUndefined();
  });

  it('reads every amount in every spelling back', () => {
    const spelling = fc.constantFrom(
      ['.', ','],
      [',', '.'],
      [' ', ','],
      ["'", '.'],
      ['\u00a0', ','],
    );
    fc.assert(
      fc.property(
        fc.nat(10 ** 10),
        fc.nat(99),
        spelling,
        (whole, cents, [group = '', mark = '']) => {
          const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, group);
          const fraction = String(cents).padStart(2, '0');
          expect(plainDecimal(`${grouped}${mark}${fraction}`, 'mixed')).toBe(
            `${whole}.${fraction}`,
          );
        },
      ),
    );
  });

  it('says what a number proves', () => {
    expect(['12,5', '1.234,5', '1.234.567'].map(provenDecimalMark)).toEqual([',', ',', ',']);
    expect(['12.5', '1,234.5', '1,234,567'].map(provenDecimalMark)).toEqual(['.', '.', '.']);
    expect(['12', '1.234', 'x', ''].map(provenDecimalMark)).toEqual(Array(4).fill(undefined));
  });
});

describe('booleanOf', () => {
  it('reads the spellings of spreadsheets and exporters', () => {
    for (const text of ['TRUE', 'true', 'yes', '1', 'Ja', 'x', 'WAHR', 'vrai', ' on ']) {
      expect(booleanOf(text)).toBe(true);
    }
    for (const text of ['FALSE', 'no', '0', 'Nein', 'FALSCH', 'faux']) {
      expect(booleanOf(text)).toBe(false);
    }
    expect(booleanOf('perhaps')).toBeUndefined();
  });
});
