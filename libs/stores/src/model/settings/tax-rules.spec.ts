import { describe, expect, it } from '@jest/globals';
import { NO_TAX_RULES, taxRatesFor, taxRulesBreaches, type TaxRules } from './tax-rules.js';

const rate = {
  code: 'vat',
  name: 'VAT',
  ratePpm: 190_000,
  zone: 'de',
  category: 'standard',
  validFrom: null,
  validUntil: null,
};

const rules: TaxRules = {
  pricesIncludeTax: true,
  defaultCountry: 'DE',
  categories: ['standard', 'books'],
  zones: [
    { code: 'de', name: 'Germany', areas: ['DE'] },
    { code: 'ca', name: 'California', areas: ['US-CA'] },
  ],
  rates: [
    { ...rate, validUntil: 1_000 },
    { ...rate, ratePpm: 160_000, validFrom: 1_000 },
    { ...rate, ratePpm: 70_000, category: 'books' },
    { ...rate, code: 'sales', ratePpm: 72_500, zone: 'ca' },
  ],
};

const ratesOf = (...question: [Parameters<typeof taxRatesFor>[1], string, number]): number[] =>
  taxRatesFor(rules, ...question).map(({ ratePpm }) => ratePpm);

describe('taxRatesFor', () => {
  it('knows the place, down to a part of a country, and assumes the default one', () => {
    expect(ratesOf({ country: 'DE' }, 'standard', 0)).toEqual([190_000]);
    expect(ratesOf({ country: 'US', region: 'CA' }, 'standard', 0)).toEqual([72_500]);
    expect(ratesOf({ country: 'US', region: 'NY' }, 'standard', 0)).toEqual([]);
    expect(ratesOf(undefined, 'books', 0)).toEqual([70_000]);
    expect(taxRatesFor(NO_TAX_RULES, undefined, 'standard', 0)).toEqual([]);
  });

  it('changes a rate at its instant', () => {
    expect(ratesOf({ country: 'DE' }, 'standard', 999)).toEqual([190_000]);
    expect(ratesOf({ country: 'DE' }, 'standard', 1_000)).toEqual([160_000]);
  });
});

describe('taxRulesBreaches', () => {
  it('finds what does not fit together', () => {
    expect(taxRulesBreaches(rules)).toEqual([]);
    const paths = (changes: Partial<TaxRules>) =>
      taxRulesBreaches({ ...rules, ...changes }).map(({ path }) => path);
    expect(paths({ rates: [{ ...rate, zone: 'none' }] })).toEqual(['rates.0.zone']);
    expect(paths({ rates: [{ ...rate, category: 'none' }] })).toEqual(['rates.0.category']);
    expect(paths({ rates: [{ ...rate, ratePpm: 1_000_001 }] })).toEqual(['rates.0.ratePpm']);
    expect(paths({ rates: [{ ...rate, validFrom: 5, validUntil: 5 }] })).toEqual([
      'rates.0.validUntil',
    ]);
    expect(paths({ defaultCountry: 'Germany' })).toEqual(['defaultCountry']);
    expect(paths({ zones: [...rules.zones, ...rules.zones] })).toContain('zones');
  });
});
