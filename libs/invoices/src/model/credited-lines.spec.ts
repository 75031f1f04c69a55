import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agreedPartsOf, type Order } from '#libs/orders';
import type { Payment, Refund } from '#libs/payments';
import { testOrder } from '../../../orders/test/test-order.js';
import { newRefund } from '../../../payments/src/model/refunds/refund.js';
import { planRefund, type RefundWish } from '../../../payments/src/model/refunds/plan-refund.js';
import { billedLines } from './billed-lines.js';
import { creditedLines } from './credited-lines.js';
import { amountLines, sumsOf } from './invoice-sums.js';
import type { InvoiceLine } from './invoice.js';

const RATES = [
  { code: 'vat', name: 'VAT', ratePpm: 190_000 },
  { code: 'low', name: 'VAT', ratePpm: 70_000 },
];

/** Lines at either rate, and a shipping that is taxed like the first. */
const orders = fc
  .array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 5 }),
      netMinor: fc.integer({ min: 0, max: 5_000 }),
      rate: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .chain((wanted) => fc.record({ wanted: fc.constant(wanted), shipping: fc.nat(900) }))
  .map(({ wanted, shipping }): Order => {
    const [sample] = testOrder().lines;
    const taxed = (netMinor: number, rate: number) => ({
      ...RATES[rate]!,
      amountMinor: Math.round((netMinor * RATES[rate]!.ratePpm) / 1_000_000),
    });
    const lines = wanted.map(({ quantity, netMinor, rate }) => {
      const tax = taxed(netMinor, rate);
      return {
        ...sample!,
        quantity,
        subtotalMinor: netMinor + 3,
        discountMinor: 3,
        taxMinor: tax.amountMinor,
        totalMinor: netMinor + tax.amountMinor,
        taxes: [tax],
      };
    });
    const shippingTax = taxed(shipping, 0);
    const taxes = RATES.map((rate, index) => ({
      ...rate,
      amountMinor: lines
        .flatMap((line) => line.taxes)
        .filter(({ code }) => code === rate.code)
        .reduce(
          (sum, { amountMinor }) => sum + amountMinor,
          index === 0 ? shippingTax.amountMinor : 0,
        ),
    }));
    const shippingMinor = shipping + shippingTax.amountMinor;
    const totalMinor = lines.reduce((sum, line) => sum + line.totalMinor, shippingMinor);
    return testOrder({ lines, taxes, shippingMinor: shipping, totalMinor });
  })
  .filter(({ totalMinor }) => totalMinor > 0);

const wishes = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('items' as const),
      items: fc.array(
        fc.record({
          line: fc.integer({ min: 1, max: 4 }),
          quantity: fc.integer({ min: 1, max: 3 }),
        }),
        { maxLength: 2 },
      ),
      shipping: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('amount' as const),
      amountMinor: fc.integer({ min: 1, max: 900 }),
    }),
  ),
  { maxLength: 8 },
);

const paymentOf = (order: Order, refundedMinor: number): Payment => ({
  id: 'p',
  orderId: order.id,
  balance: null,
  method: 'manual',
  currency: 'EUR',
  state: 'captured',
  amountMinor: order.totalMinor,
  waivedMinor: 0,
  authorisedMinor: order.totalMinor,
  capturePendingMinor: 0,
  capturedMinor: order.totalMinor,
  refundPendingMinor: 0,
  refundedMinor,
  providerReference: null,
  failureCode: null,
  version: 1,
  createdAt: 1,
  updatedAt: 1,
});

/** The refunds that can be had of these wishes, and in the end what is left. */
function refundsOf(order: Order, wanted: readonly RefundWish[]): Refund[] {
  const made: Refund[] = [];
  const left = () => made.reduce((sum, { amountMinor }) => sum - amountMinor, order.totalMinor);
  for (const wish of [...wanted, { kind: 'rest' } as const]) {
    try {
      const planned = planRefund(wish, agreedPartsOf(order), made, left());
      made.push(newRefund({ ...planned, paymentId: 'p', state: 'succeeded' }, 1));
    } catch {
      // More than is left: it is not given, and the next wish is asked.
    }
  }
  return made;
}

describe('invoices and credit notes', () => {
  it('say what was agreed, and give back exactly that of each rate, whatever is given back in which order', () => {
    fc.assert(
      fc.property(orders, wishes, (order, wanted) => {
        const billed = billedLines(order, [], order.totalMinor, 'deduction');
        const invoice = sumsOf(billed);
        expect(invoice.totalMinor).toBe(order.totalMinor);
        for (const tax of invoice.taxes) {
          expect(order.taxes).toContainEqual(
            expect.objectContaining({ code: tax.code, amountMinor: tax.amountMinor }),
          );
        }
        const given: InvoiceLine[] = [];
        let refundedMinor = 0;
        for (const refund of refundsOf(order, wanted)) {
          refundedMinor += refund.amountMinor;
          const payment = paymentOf(order, refundedMinor);
          const lines = creditedLines(order, [payment], refund, { billed, given }, 'credit');
          expect(sumsOf(lines).totalMinor).toBe(refund.amountMinor);
          for (const line of lines) {
            const taxMinor = line.taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
            expect(line.netMinor + taxMinor).toBe(line.totalMinor);
            expect(line.netMinor).toBeGreaterThanOrEqual(0);
          }
          given.push(...lines);
          for (const tax of sumsOf(given).taxes) {
            const of = invoice.taxes.find(({ code }) => code === tax.code);
            expect(tax.amountMinor).toBeLessThanOrEqual(of?.amountMinor ?? 0);
            expect(tax.netMinor).toBeLessThanOrEqual(of?.netMinor ?? 0);
          }
        }
        const back = sumsOf(given);
        expect([back.netMinor, back.taxMinor, back.totalMinor]).toEqual([
          invoice.netMinor,
          invoice.taxMinor,
          invoice.totalMinor,
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it('refuse to share more than is left', () => {
    const billed = billedLines(testOrder(), [], 2_380, '');
    expect(() => amountLines(2_381, 'x', billed, [])).toThrow(RangeError);
  });

  it('take off what is no longer owed beyond pieces as a line of its own', () => {
    const lines = billedLines(testOrder(), [], 1_190, 'Abzug');
    expect(lines.at(-1)).toMatchObject({ name: 'Abzug', netMinor: -1_000, totalMinor: -1_190 });
    expect(sumsOf(lines)).toMatchObject({ netMinor: 1_000, taxMinor: 190, totalMinor: 1_190 });
  });

  it('says of an edit what it took off at which rate, and of later refunds the rest', () => {
    const [sample] = testOrder().lines;
    const lines = RATES.map((rate, index) => {
      const tax = { ...rate, amountMinor: index === 0 ? 190 : 70 };
      const charge = { subtotalMinor: 1_000, discountMinor: 0, taxMinor: tax.amountMinor };
      return { ...sample!, ...charge, totalMinor: 1_000 + tax.amountMinor, taxes: [tax] };
    });
    const [high, low] = lines;
    const before = testOrder({
      lines,
      taxes: lines.flatMap(({ taxes }) => taxes),
      shippingMinor: 0,
      totalMinor: 2_260,
    });
    const after = { ...before, lines: [high!], taxes: high!.taxes, totalMinor: 1_190 };
    const billed = billedLines(before, [], 2_260, 'deduction');
    const share = { netMinor: 1_000, taxes: low!.taxes, totalMinor: 1_070 };
    const parts = { items: [], shipping: null, reduced: [share] };
    const amounts = { state: 'captured', capturedMinor: 2_260 } as const;
    const paid = (refundedMinor: number) => ({ ...amounts, refundedMinor }) as unknown as Payment;
    const off = newRefund({ paymentId: 'p', state: 'succeeded', amountMinor: 1_070, parts }, 1);
    const first = creditedLines(after, [paid(1_070)], off, { billed, given: [] }, 'credit');
    expect(first).toMatchObject([{ kind: 'amount', ...share }]);
    const planned = planRefund({ kind: 'rest' }, agreedPartsOf(after), [off], 1_190);
    const rest = newRefund({ paymentId: 'p', state: 'succeeded', ...planned }, 2);
    const second = creditedLines(after, [paid(2_260)], rest, { billed, given: first }, 'credit');
    expect(sumsOf(second)).toMatchObject({ totalMinor: 1_190, taxMinor: 190 });
  });
});
