import { describe, expect, it } from '@jest/globals';
import type { Payment } from '#libs/payments';
import { testOrder } from '../../../orders/test/test-order.js';
import { somePayment } from '../../../payments/test/some-payment.js';
import { newRefund, type ReducedShare } from '../../../payments/src/model/refunds/refund.js';
import { balanceLines, invoiceOf, saysNothing } from './balance-lines.js';
import { sumsOf } from './invoice-sums.js';
import { testInvoice } from '../../test/test-invoice.js';

const vat = { code: 'vat', name: 'MwSt.', ratePpm: 190_000 };
const low = { code: 'low', name: 'MwSt.', ratePpm: 70_000 };
const lamp = {
  kind: 'item',
  name: 'Lamp',
  sku: 'LAMP',
  optionValues: [],
  quantity: 1,
  netMinor: 1_000,
  taxes: [{ ...low, amountMinor: 70 }],
  totalMinor: 1_070,
} as const;
const balance = somePayment({ amountMinor: 1_070, balance: { claim: 'c', lines: [lamp] } });
const waived = (amountMinor: number, reduced: readonly ReducedShare[]) => {
  const parts = { items: [], shipping: null, reduced };
  return newRefund({ paymentId: 'p', state: 'waived', amountMinor, parts }, 1);
};
const aPad = { netMinor: 100, taxes: [{ ...vat, amountMinor: 19 }], totalMinor: 119 };
const theLamp = { netMinor: 1_000, taxes: lamp.taxes, totalMinor: 1_070 };
const linesOf = (lost: ReturnType<typeof waived>[], dueMinor: number) =>
  balanceLines(testOrder(), balance, lost, dueMinor, 'Abzug');

describe('the invoice of a balance', () => {
  it('says what was added, without what was given up of it, at the rates of both', () => {
    expect(linesOf([], 1_070)).toEqual([lamp]);
    const lines = linesOf([waived(119, [aPad])], 951);
    expect(lines.map(({ totalMinor }) => totalMinor)).toEqual([1_070, -119]);
    expect(sumsOf(lines)).toMatchObject({
      totalMinor: 951,
      taxes: [
        { code: 'low', amountMinor: 70 },
        { code: 'vat', amountMinor: -19 },
      ],
    });
  });

  it('comes to what is due where no part says what was given up, or says more than that', () => {
    for (const lost of [waived(500, []), waived(500, [theLamp])]) {
      const lines = linesOf([lost], 570);
      expect(lines.map(({ name, totalMinor }) => [name, totalMinor])).toEqual([
        ['Lamp', 1_070],
        ['Abzug', -500],
      ]);
    }
  });

  it('says nothing once all of it was undone, and something where another part was', () => {
    expect(saysNothing(linesOf([waived(1_070, [theLamp])], 0))).toBe(true);
    const other = { netMinor: 899, taxes: [{ ...vat, amountMinor: 171 }], totalMinor: 1_070 };
    const lines = linesOf([waived(1_070, [other])], 0);
    expect([saysNothing(lines), sumsOf(lines).totalMinor]).toEqual([false, 0]);
  });

  it('is its own, or the one that was issued after the edit', () => {
    const claims = (payment: Payment, changes: Parameters<typeof testInvoice>[0]) =>
      invoiceOf(payment, [testInvoice(changes)])?.number;
    const { number, orderId } = testInvoice();
    expect(claims(balance, {})).toBeUndefined();
    expect(claims(balance, { includes: ['c'] })).toBe(number);
    expect(claims(somePayment({ orderId }), {})).toBe(number);
    expect(invoiceOf(balance, [{ ...testInvoice(), subjectId: 'c' }])?.number).toBe(number);
  });
});
