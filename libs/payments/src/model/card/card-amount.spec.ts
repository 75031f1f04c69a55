import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cardAmountOf, minorOfCardAmount } from './card-amount.js';

describe('cardAmountOf', () => {
  it.each([
    ['EUR', 17_925, 17_925],
    ['JPY', 500, 500],
    ['ISK', 500, 50_000],
    ['UGX', 500, 50_000],
    ['MGA', 50_000, 500],
    ['KWD', 5_120, 5_120],
  ])('%s %i is %i', (currency, minor, amount) => {
    expect(cardAmountOf(minor, currency)).toBe(amount);
    expect(minorOfCardAmount(amount, currency)).toBe(minor);
  });

  it.each([
    ['MGA', 50_010],
    ['KWD', 5_123],
  ])('refuses %s %i, which the provider cannot charge', (currency, minor) => {
    expect(() => cardAmountOf(minor, currency)).toThrow(
      expect.objectContaining({ code: 'payments.amount-not-chargeable' }),
    );
  });

  it('comes back as it went, or does not go', () => {
    const currencies = fc.constantFrom('EUR', 'JPY', 'ISK', 'UGX', 'MGA', 'KWD', 'BHD', 'CLF');
    fc.assert(
      fc.property(fc.nat(1_000_000_000), currencies, (minor, currency) => {
        let amount: number;
        try {
          amount = cardAmountOf(minor, currency);
        } catch (error) {
          expect(error).toMatchObject({ code: 'payments.amount-not-chargeable' });
          return;
        }
        expect(minorOfCardAmount(amount, currency)).toBe(minor);
      }),
    );
  });
});
