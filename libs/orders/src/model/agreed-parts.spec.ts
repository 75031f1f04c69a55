import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calculateTotals } from '../../../carts/src/model/totals/calculate-totals.js';
import type { TotalsSnapshot } from '../../../carts/src/model/totals/totals.js';
import { anySnapshot } from '../../../carts/test/arbitrary-baskets.js';
import {
  planRefund,
  type AgreedCharge,
  type PlannedRefund,
} from '../../../payments/src/model/refunds/plan-refund.js';
import type { RefundedShare } from '../../../payments/src/model/refunds/refund.js';
import { agreedPartsOf } from './agreed-parts.js';

const sum = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

/** What an order of the snapshot keeps for its refunds. */
function agreedOf(snapshot: TotalsSnapshot) {
  const { lines, taxes, totalMinor } = calculateTotals(snapshot);
  return { totalMinor, agreed: agreedPartsOf({ lines, taxes, totalMinor } as never) };
}

/** All shares of a part of an order come to what was agreed for it: together, without tax, and tax by tax. */
function expectWhole({ totalMinor, taxes }: AgreedCharge, shares: readonly RefundedShare[]): void {
  expect(sum(shares.map((share) => share.totalMinor))).toBe(totalMinor);
  for (const [index, { amountMinor }] of taxes.entries()) {
    expect(sum(shares.map((share) => share.taxes[index]?.amountMinor ?? 0))).toBe(amountMinor);
  }
}

describe('what was agreed for the parts of an order', () => {
  it('gives 10.00 back for one of three pieces at 10.00 with tax', () => {
    const vat = { code: 'DE', name: 'VAT', ratePpm: 190_000 };
    const { agreed, totalMinor } = agreedOf({
      currency: 'EUR',
      pricesIncludeTax: true,
      lines: [{ lineId: 'a', quantity: 3, unitPriceMinor: 1_000, taxRates: [vat] }],
      discounts: [],
      shipping: undefined,
    });
    const wish = { kind: 'items', items: [{ line: 1, quantity: 1 }], shipping: false } as const;
    const refunds: PlannedRefund[] = [];
    for (let left = totalMinor; left > 0; left -= 1_000) {
      refunds.push(planRefund(wish, agreed, refunds, left));
    }
    expect(refunds.map(({ amountMinor }) => amountMinor)).toEqual([1_000, 1_000, 1_000]);
    expectWhole(
      agreed.lines[0]!,
      refunds.map(({ parts }) => parts.items[0]!),
    );
  });

  it('is given back to the unit, whatever was bought and in whatever order it comes back', () => {
    const step = fc.record({ part: fc.nat(), portion: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(anySnapshot, fc.array(step, { maxLength: 20 }), (snapshot, steps) => {
        const { agreed, totalMinor } = agreedOf(snapshot);
        fc.pre(totalMinor > 0);
        const left = [...agreed.lines.map(({ quantity }) => quantity), 1];
        const refunds: PlannedRefund[] = [];
        const give = (part: number, quantity: number) => {
          const isShipping = part === agreed.lines.length;
          const items = isShipping ? [] : [{ line: part + 1, quantity }];
          const paid = totalMinor - sum(refunds.map(({ amountMinor }) => amountMinor));
          try {
            const wish = { kind: 'items', items, shipping: isShipping } as const;
            refunds.push(planRefund(wish, agreed, refunds, paid));
            left[part] = (left[part] ?? 0) - quantity;
          } catch (error) {
            // Pieces may be worth nothing until more of them come back.
            expect(error).toMatchObject({ code: 'payments.nothing-to-refund' });
          }
        };
        for (const { part, portion } of steps) {
          const at = part % left.length;
          const quantity = Math.ceil((left[at] ?? 0) * portion);
          if (quantity > 0) give(at, quantity);
        }
        for (const [part, quantity] of left.entries()) if (quantity > 0) give(part, quantity);
        expect(sum(refunds.map(({ amountMinor }) => amountMinor))).toBe(totalMinor);
        for (const { amountMinor, parts } of refunds) {
          const shares = [...parts.items, ...(parts.shipping === null ? [] : [parts.shipping])];
          expect(sum(shares.map((share) => share.totalMinor))).toBe(amountMinor);
          for (const share of shares) {
            const taxes = share.taxes.map((tax) => tax.amountMinor);
            expect(share.netMinor + sum(taxes)).toBe(share.totalMinor);
            expect(Math.min(share.netMinor, ...taxes)).toBeGreaterThanOrEqual(0);
          }
        }
        const items = refunds.flatMap(({ parts }) => parts.items);
        for (const [index, line] of agreed.lines.entries()) {
          expectWhole(
            line,
            items.filter((item) => item.line === index + 1),
          );
        }
        expectWhole(
          agreed.shipping,
          refunds.flatMap(({ parts }) => (parts.shipping === null ? [] : [parts.shipping])),
        );
      }),
      { numRuns: 100 },
    );
  });
});
