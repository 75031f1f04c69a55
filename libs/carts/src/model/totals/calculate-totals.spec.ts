import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anySnapshot } from '../../../test/arbitrary-baskets.js';
import { calculateTotals } from './calculate-totals.js';
import type { ChargeTotals, TotalsSnapshot } from './totals.js';

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

const oneLine = (unitPriceMinor: number): TotalsSnapshot => ({
  currency: 'EUR',
  pricesIncludeTax: false,
  lines: [{ lineId: 'a', quantity: 1, unitPriceMinor, taxRates: [vat] }],
  discounts: [],
  shipping: undefined,
});

const allocated = (lineId: string, amountMinor: number) => [
  { promotion: 'p', allocations: [{ lineId, amountMinor }], shippingMinor: 0 },
];

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

  it('takes discounts from the lines and the shipping that they were allocated to', () => {
    const promotion = 'summer';
    const totals = calculateTotals({
      ...oneLine(1_000),
      discounts: [
        { promotion, allocations: [{ lineId: 'a', amountMinor: 100 }], shippingMinor: 200 },
        { promotion: 'nothing', allocations: [{ lineId: 'a', amountMinor: 0 }], shippingMinor: 0 },
      ],
      shipping: { method: 'parcel', priceMinor: 500, taxRates: [vat] },
    });
    expect(totals).toMatchObject({ subtotalMinor: 1_000, discountMinor: 100, shippingMinor: 300 });
    // 0.19 * 900 and 0.19 * 300, each rounded by itself.
    expect(totals).toMatchObject({ taxMinor: 171 + 57, totalMinor: 900 + 300 + 228 });
    expect(totals.lines[0]?.discounts).toEqual([{ promotion, amountMinor: 100 }]);
    expect(totals.shipping?.discounts).toEqual([{ promotion, amountMinor: 200 }]);
    expect(totals.taxes).toEqual([expect.objectContaining({ code: 'DE', amountMinor: 228 })]);
  });

  it('knows no shipping where none was chosen', () => {
    const discounts = [{ promotion: 'free', allocations: [], shippingMinor: 0 }];
    const totals = calculateTotals({ ...oneLine(1_000), discounts });
    expect(totals).toMatchObject({ shippingMinor: 0, shipping: undefined });
  });

  it.each([
    ['a discount that exceeds its line', allocated('a', 1_001), /exceeds its line/],
    ['a discount below zero', allocated('a', -1), undefined],
    ['a discount of a line that is not there', allocated('b', 1), /no line b/],
  ])('handles %s', (_what, discounts, problem) => {
    const calculate = () => calculateTotals({ ...oneLine(1_000), discounts });
    if (problem !== undefined) expect(calculate).toThrow(problem);
    else expect(calculate().totalMinor).toBe(calculateTotals(oneLine(1_000)).totalMinor);
  });

  it('refuses amounts that are no longer exact, of a line and of all together', () => {
    expect(() => calculateTotals(oneLine(Number.MAX_SAFE_INTEGER + 1))).toThrow(/not exact/);
    const half = { quantity: 1, unitPriceMinor: Number.MAX_SAFE_INTEGER - 1, taxRates: [] };
    const lines = ['a', 'b'].map((lineId) => ({ lineId, ...half }));
    expect(() => calculateTotals({ ...oneLine(1), lines })).toThrow(/not exact/);
  });
});
