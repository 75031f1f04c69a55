import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testOrder } from '../../test/test-order.js';
import { addedLines } from './added-lines.js';
import type { Order } from './order.js';

const vat = { code: 'vat', name: 'MwSt.', ratePpm: 190_000 };
const low = { code: 'low', name: 'MwSt.', ratePpm: 70_000 };
const rates = [vat, low];
const [first] = testOrder().lines;

interface Wanted {
  readonly variantId: string;
  readonly quantity: number;
  readonly netMinor: number;
  readonly rate: number;
}

const taxOf = (netMinor: number, rate: number) => {
  const of = rates[rate] ?? vat;
  return { ...of, amountMinor: Math.round((netMinor * of.ratePpm) / 1_000_000) };
};

/** An order whose shipping is taxed like its first line. */
function order(wanted: readonly Wanted[], shippingNet: number): Order {
  const lines = wanted.map(({ variantId, quantity, netMinor, rate }) => {
    const tax = taxOf(netMinor, rate);
    return {
      ...first!,
      variantId,
      name: variantId,
      quantity,
      subtotalMinor: netMinor + 5,
      discountMinor: 5,
      taxes: [tax],
      taxMinor: tax.amountMinor,
      totalMinor: netMinor + tax.amountMinor,
    };
  });
  const ofShipping = taxOf(shippingNet, wanted[0]?.rate ?? 0);
  const taxes = rates.map((rate) => ({
    ...rate,
    amountMinor: [...lines.flatMap((line) => line.taxes), ofShipping]
      .filter(({ code }) => code === rate.code)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  }));
  const shippingMinor = shippingNet + ofShipping.amountMinor;
  const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, shippingMinor);
  return testOrder({ lines, taxes, shippingMinor: shippingNet, totalMinor });
}

const pads = { variantId: 'pad', quantity: 2, netMinor: 200, rate: 0 };
const lamp = { variantId: 'lamp', quantity: 1, netMinor: 100, rate: 1 };

describe('what an edit adds', () => {
  it('is told part by part, and what is less below zero', () => {
    const [before, after] = [
      order([pads], 0),
      order([{ ...pads, quantity: 1, netMinor: 100 }, lamp], 50),
    ];
    expect(addedLines(before, after)).toEqual([
      {
        kind: 'item',
        name: 'pad',
        sku: 'WARE',
        optionValues: ['rot'],
        quantity: -1,
        netMinor: -100,
        taxes: [{ ...vat, amountMinor: -19 }],
        totalMinor: -119,
      },
      expect.objectContaining({ name: 'lamp', quantity: 1, netMinor: 100, totalMinor: 107 }),
      expect.objectContaining({ kind: 'shipping', quantity: null, netMinor: 50, totalMinor: 60 }),
    ]);
    expect(addedLines(before, before)).toEqual([]);
  });

  it('stands twice where it is taxed at another rate than before', () => {
    const elsewhere = order([{ ...pads, rate: 1 }], 0);
    expect(addedLines(order([pads], 0), elsewhere)).toMatchObject([
      { netMinor: -200, taxes: [{ code: 'vat', amountMinor: -38 }], totalMinor: -238 },
      { netMinor: 200, taxes: [{ code: 'low', amountMinor: 14 }], totalMinor: 214 },
    ]);
  });

  it('comes to the difference of the totals, and of every tax', () => {
    const some = fc.uniqueArray(
      fc.record({
        variantId: fc.constantFrom('a', 'b', 'c', 'd'),
        quantity: fc.integer({ min: 1, max: 4 }),
        netMinor: fc.nat(5_000),
        rate: fc.nat(1),
      }),
      { selector: ({ variantId }) => variantId, minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(some, fc.nat(900), some, fc.nat(900), (was, shippingWas, is, shippingIs) => {
        const [before, after] = [order(was, shippingWas), order(is, shippingIs)];
        const lines = addedLines(before, after);
        const total = lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
        expect(total).toBe(after.totalMinor - before.totalMinor);
        for (const [index, { code }] of rates.entries()) {
          const tax = lines
            .flatMap(({ taxes }) => taxes)
            .filter((each) => each.code === code)
            .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
          const { taxes: were } = before;
          expect(tax).toBe(
            (after.taxes[index]?.amountMinor ?? 0) - (were[index]?.amountMinor ?? 0),
          );
        }
        for (const { netMinor, taxes, totalMinor } of lines) {
          const tax = taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
          expect(netMinor + tax).toBe(totalMinor);
        }
      }),
    );
  });
});
