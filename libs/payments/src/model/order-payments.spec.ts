import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paidPayment, someBalance, somePayment } from '../../test/some-payment.js';
import {
  countedPayments,
  dividedParts,
  lessOf,
  openMinor,
  refundsOf,
  standingMinor,
} from './order-payments.js';
import type { ReducedShare } from './refunds/refund.js';

const paid = paidPayment();
const due = somePayment({ id: 'b', balance: someBalance, amountMinor: 40 });
const paidBalance = paidPayment({ id: 'b', balance: someBalance, amountMinor: 40 });

describe('the payments of an order', () => {
  it('stand for what it comes to, without what was waived whole or has another in its place', () => {
    expect([standingMinor([paid, due]), openMinor([paid, due])]).toEqual([140, 40]);
    const waived = { ...due, state: 'voiding', waivedMinor: 40 } as const;
    expect(countedPayments([paid, waived])).toEqual([paid]);
    const replaced = { ...due, id: 'c', state: 'voided' } as const;
    expect([standingMinor([paid, replaced, due]), openMinor([paid, replaced, due])]).toEqual([
      140, 40,
    ]);
    const letGo = somePayment({ state: 'voided' });
    expect(countedPayments([letGo])).toEqual([letGo]);
    expect(openMinor([letGo, due])).toBe(0);
    expect(openMinor([paid, { ...due, state: 'authorised', authorisedMinor: 40 }])).toBe(0);
    expect(standingMinor([{ ...paid, refundPendingMinor: 10, refundedMinor: 5 }, due])).toBe(125);
  });

  it('give back with one refund where one suffices, and else what was added last first', () => {
    const partOf = ({ id }: { id: string }, amountMinor: number) => ({
      payment: expect.objectContaining({ id }),
      kind: 'give-back',
      amountMinor,
    });
    expect(refundsOf([paid, paidBalance], 30)).toEqual([partOf(paid, 30)]);
    const spent = { ...paid, refundedMinor: 90 };
    expect(refundsOf([spent, paidBalance], 30)).toEqual([partOf(paidBalance, 30)]);
    expect(refundsOf([spent, paidBalance], 45)).toEqual([partOf(paidBalance, 40), partOf(paid, 5)]);
    expect(refundsOf([paid, due], 130)).toEqual([partOf(paid, 100)]);
    expect(lessOf([somePayment(), due], 50)).toMatchObject([
      { payment: { id: 'b' }, kind: 'waive', amountMinor: 40 },
      { payment: { id: 'p' }, kind: 'waive', amountMinor: 10 },
    ]);
  });
});

describe('dividedParts', () => {
  const item = { line: 1, quantity: 1, netMinor: 10, taxes: [], totalMinor: 10 };

  it('leaves pieces with the last part, where they count once', () => {
    const parts = { items: [item], shipping: null };
    expect(dividedParts(parts, [10])).toEqual([parts]);
    expect(dividedParts(parts, [4, 6])).toEqual([{ items: [], shipping: null }, parts]);
  });

  it('divides what an edit took off so that all parts come to it, of each tax', () => {
    const share = fc
      .record({ netMinor: fc.nat(500), taxMinor: fc.nat(100), ratePpm: fc.constantFrom(1, 2) })
      .filter(({ netMinor, taxMinor }) => netMinor + taxMinor > 0)
      .map(({ netMinor, taxMinor, ratePpm }): ReducedShare => ({
        netMinor,
        taxes: [{ code: 'vat', name: 'VAT', ratePpm, amountMinor: taxMinor }],
        totalMinor: netMinor + taxMinor,
      }));
    const sumOf = (shares: readonly ReducedShare[], rate: number) =>
      shares
        .filter(({ taxes }) => taxes[0]?.ratePpm === rate)
        .reduce(
          ({ net, tax }, one) => ({
            net: net + one.netMinor,
            tax: tax + (one.taxes[0]?.amountMinor ?? 0),
          }),
          { net: 0, tax: 0 },
        );
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(1_000), { minLength: 1, maxLength: 3 }),
        (reduced, cuts) => {
          const whole = reduced.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
          const amounts: number[] = [];
          for (const part of cuts) {
            const left = whole - amounts.reduce((sum, one) => sum + one, 0);
            if (part > 0 && part < left) amounts.push(part);
          }
          amounts.push(whole - amounts.reduce((sum, one) => sum + one, 0));
          const divided = dividedParts({ items: [], shipping: null, reduced }, amounts);
          const shares = divided.map((one) => one.reduced ?? []);
          expect(
            shares.map((own) => own.reduce((sum, { totalMinor }) => sum + totalMinor, 0)),
          ).toEqual(amounts);
          for (const one of shares.flat()) {
            expect(one.netMinor + (one.taxes[0]?.amountMinor ?? 0)).toBe(one.totalMinor);
          }
          for (const rate of [1, 2]) {
            expect(sumOf(shares.flat(), rate)).toEqual(sumOf(reduced, rate));
          }
        },
      ),
    );
  });
});
