import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anySnapshot } from '../../../test/arbitrary-baskets.js';
import { calculateTotals } from './calculate-totals.js';
import type { ChargeTotals } from './totals.js';

const vat = { code: 'DE', name: 'VAT', ratePpm: 190_000 };

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

function expectToAddUp(charge: ChargeTotals): void {
  const { subtotalMinor, discountMinor, taxMinor, totalMinor } = charge;
  expect(subtotalMinor - discountMinor + taxMinor).toBe(totalMinor);
  expect(sum(charge.taxes.map(({ amountMinor }) => amountMinor))).toBe(taxMinor);
  for (const amount of [subtotalMinor, discountMinor, taxMinor, totalMinor]) {
    expect(amount).toBeGreaterThanOrEqual(0);
    expect(Number.isSafeInteger(amount)).toBe(true);
  }
}

describe('calculateTotals', () => {
  it('adds taxes to prices without, and finds them in prices with', () => {
    const line = { lineId: 'a', quantity: 3, unitPriceMinor: 999, taxRates: [vat] };
    const snapshot = { currency: 'EUR', lines: [line], discounts: [], shipping: undefined };
    expect(calculateTotals({ ...snapshot, pricesIncludeTax: false })).toMatchObject({
      subtotalMinor: 2_997,
      taxMinor: 569,
      totalMinor: 3_566,
    });
    expect(calculateTotals({ ...snapshot, pricesIncludeTax: true })).toMatchObject({
      subtotalMinor: 2_518,
      taxMinor: 479,
      totalMinor: 2_997,
    });
  });

  it('adds up exactly, whatever is bought and taken off', () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        const { pricesIncludeTax } = snapshot;
        const totals = calculateTotals(snapshot);
        expect(
          totals.subtotalMinor - totals.discountMinor + totals.shippingMinor + totals.taxMinor,
        ).toBe(totals.totalMinor);
        totals.lines.forEach(expectToAddUp);
        if (totals.shipping !== undefined) expectToAddUp(totals.shipping);
        expect(sum(totals.taxes.map(({ amountMinor }) => amountMinor))).toBe(totals.taxMinor);
        expect(calculateTotals(structuredClone(snapshot))).toEqual(totals);
        const paid = sum(
          snapshot.lines.map(({ quantity, unitPriceMinor }) => quantity * unitPriceMinor),
        );
        const off = sum(
          totals.lines.flatMap(({ discounts }) => discounts.map(({ amountMinor }) => amountMinor)),
        );
        const gross = sum(totals.lines.map(({ totalMinor }) => totalMinor));
        if (pricesIncludeTax) expect(gross).toBe(paid - off);
        else expect(totals.subtotalMinor - totals.discountMinor).toBe(paid - off);
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses a discount that exceeds its line', () => {
    const snapshot = {
      currency: 'EUR',
      pricesIncludeTax: true,
      lines: [{ lineId: 'a', quantity: 1, unitPriceMinor: 100, taxRates: [] }],
      discounts: [
        { promotion: 'p', allocations: [{ lineId: 'a', amountMinor: 101 }], shippingMinor: 0 },
      ],
      shipping: undefined,
    };
    expect(() => calculateTotals(snapshot)).toThrow(RangeError);
  });
});
