import { describe, expect, it } from '@jest/globals';
import { testOrder } from '../../test/test-order.js';
import { reducedShares } from './reduced-shares.js';

const vat = { code: 'vat', name: 'MwSt.', ratePpm: 190_000 };
const low = { code: 'low', name: 'MwSt.', ratePpm: 70_000 };
const [first] = testOrder().lines;
const line = (
  variantId: string,
  quantity: number,
  netMinor: number,
  tax: typeof vat,
  amountMinor: number,
) => ({
  ...first!,
  variantId,
  quantity,
  subtotalMinor: netMinor,
  discountMinor: 0,
  taxes: [{ ...tax, amountMinor }],
  taxMinor: amountMinor,
  totalMinor: netMinor + amountMinor,
});

/** Two pieces at 19 %, one at 7 %, and shipping for so much at 19 %. */
const order = (pieces: number, shippingNet = 100, lowNet = 100) => {
  const lines = [line('a', pieces, pieces * 100, vat, pieces * 19), line('b', 1, lowNet, low, 7)];
  const shippingTax = (shippingNet * 19) / 100;
  const taxes = [
    { ...vat, amountMinor: pieces * 19 + shippingTax },
    { ...low, amountMinor: 7 },
  ];
  const totalMinor = pieces * 119 + lowNet + 7 + shippingNet + shippingTax;
  return { lines, taxes, totalMinor };
};

describe('what an edit takes off', () => {
  it('is told by how it is taxed, and comes to the difference of the totals', () => {
    const [before, after] = [order(2), order(1, 0)];
    const shares = reducedShares(before, after);
    expect(shares).toEqual([
      { netMinor: 200, taxes: [{ ...vat, amountMinor: 38 }], totalMinor: 238 },
    ]);
    expect(before.totalMinor - after.totalMinor).toBe(238);
    expect(reducedShares(before, before)).toEqual([]);
  });

  it('is nothing of the kind where something becomes more', () => {
    expect(reducedShares(order(1), order(2))).toBeUndefined();
    expect(reducedShares(order(2), order(1, 300))).toBeUndefined();
    expect(reducedShares(order(2, 100, 100), order(1, 100, 101))).toBeUndefined();
    const [had, low7] = order(1).lines;
    const other = { ...order(1), lines: [{ ...had!, variantId: 'c' }, low7!] };
    expect(reducedShares(order(2), other)).toBeUndefined();
  });
});
