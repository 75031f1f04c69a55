import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paidPayment, someBalance, somePayment } from '../../test/some-payment.js';
import { amendmentOf } from './amendment.js';
import { openMinor, standingMinor, type OrderPayments } from './order-payments.js';
import { paymentAfter, type PaymentStep } from './payment-step.js';
import { dueMinor, type Payment } from './payment.js';

const to = (afterMinor: number, beforeMinor = 100) => ({ beforeMinor, afterMinor });
const pending = somePayment();
const paid = paidPayment();
const promised = somePayment({ state: 'authorised', authorisedMinor: 100 });
const due = somePayment({ id: 'b', balance: someBalance, amountMinor: 40 });

describe('another total of an order', () => {
  it('is asked for where only staff know of the payment', () => {
    for (const amountMinor of [80, 120]) {
      expect(amendmentOf([pending], true, to(amountMinor))).toEqual({
        kind: 'ask-for',
        payment: pending,
        amountMinor,
      });
    }
  });

  it('is less than was asked of a provider', () => {
    for (const payment of [pending, promised]) {
      expect(amendmentOf([payment], false, to(80))).toEqual({
        kind: 'less',
        parts: [{ payment, kind: 'waive', amountMinor: 20 }],
      });
    }
  });

  it('gives back of what was taken', () => {
    expect(amendmentOf([paid], true, to(80))).toEqual({
      kind: 'less',
      parts: [{ payment: paid, kind: 'give-back', amountMinor: 20 }],
    });
  });

  it('is a further payment where it is more than was taken, promised or asked of a provider', () => {
    const more = { kind: 'more', amountMinor: 1 };
    expect(amendmentOf([paid], true, to(101))).toEqual(more);
    for (const payment of [pending, promised, paid]) {
      expect(amendmentOf([payment], false, to(101))).toEqual(more);
    }
    expect(amendmentOf([paidPayment({ amountMinor: 0 })], true, to(1, 0))).toEqual(more);
    expect(amendmentOf([paid, due], true, to(141, 140))).toEqual(more);
  });

  it('takes off what was added and not paid before anything is given back', () => {
    expect(amendmentOf([paid, due], true, to(110, 140))).toEqual({
      kind: 'less',
      parts: [{ payment: due, kind: 'waive', amountMinor: 30 }],
    });
    expect(amendmentOf([paid, due], true, to(90, 140))).toEqual({
      kind: 'less',
      parts: [
        { payment: due, kind: 'waive', amountMinor: 40 },
        { payment: paid, kind: 'give-back', amountMinor: 10 },
      ],
    });
  });

  it('is refused where it would come to nothing, something is under way, or the money is another sum', () => {
    const cases: [OrderPayments, number, string][] = [
      [[pending], 0, 'nothing-left'],
      [[somePayment({ state: 'capturing', authorisedMinor: 100 })], 80, 'under-way'],
      [[somePayment({ state: 'voided' })], 80, 'under-way'],
      [[{ ...paid, refundPendingMinor: 10 }], 80, 'money-moved'],
      [[{ ...paid, capturedMinor: 50 }], 80, 'money-moved'],
      [[somePayment({ waivedMinor: 10 })], 80, 'money-moved'],
      [[paid, due], 80, 'money-moved'],
      [[paidPayment({ amountMinor: 60 }), { ...due, state: 'capturing' }], 80, 'under-way'],
      [[paidPayment({ amountMinor: 60 }), { ...due, state: 'voiding' }], 80, 'under-way'],
    ];
    for (const [payments, afterMinor, because] of cases) {
      expect(amendmentOf(payments, true, to(afterMinor))).toEqual({ kind: 'refused', because });
    }
    expect(amendmentOf([{ ...paid, capturedMinor: 50 }], true, to(100))).toEqual({ kind: 'none' });
  });

  it('keeps the sums, whatever is edited, promised, taken, given back and let go of in between', () => {
    const amount = fc.integer({ min: 1, max: 200 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('edit' as const), amountMinor: amount, place: fc.nat(3) }),
      fc.record({
        kind: fc.constantFrom(
          'authorised' as const,
          'captured' as const,
          'request-capture' as const,
          'refunded' as const,
        ),
        amountMinor: amount,
        place: fc.nat(3),
      }),
    );
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 16 }), (isStaffs, steps) => {
        let payments: OrderPayments = [pending];
        let totalMinor = 100;
        const put = (after: Payment) => {
          const current = (one: Payment) => (one.id === after.id ? after : one);
          const [first, ...rest] = payments;
          payments = [current(first), ...rest.map(current)];
        };
        const take = (payment: Payment, one: PaymentStep) => {
          const outcome = paymentAfter(payment, one);
          if (outcome.kind === 'changed') put({ ...payment, ...outcome.after });
          return outcome.kind === 'changed';
        };
        const now = (payment: Payment) => payments.find(({ id }) => id === payment.id) ?? payment;
        for (const { kind, amountMinor, place } of steps) {
          const target = payments[place];
          if (kind !== 'edit') {
            if (target === undefined) continue;
            // All that is owed of it: less would be money that was moved by hand.
            const wholeMinor = kind === 'refunded' ? target.refundPendingMinor : dueMinor(target);
            take(target, { kind, amountMinor: wholeMinor });
            continue;
          }
          const before = standingMinor(payments);
          expect(before).toBe(totalMinor);
          const amendment = amendmentOf(payments, isStaffs, to(amountMinor, totalMinor));
          if (amendment.kind === 'refused' || amendment.kind === 'none') continue;
          if (amendment.kind === 'ask-for') {
            put({ ...amendment.payment, amountMinor: amendment.amountMinor });
          } else if (amendment.kind === 'more') {
            const id = `b${payments.length}`;
            const { amountMinor: more } = amendment;
            payments = [...payments, { ...due, id, amountMinor: more }];
          } else {
            for (const { payment, kind: how, amountMinor: less } of amendment.parts) {
              const wanted = how === 'waive' ? 'waive' : 'request-refund';
              expect(take(now(payment), { kind: wanted, amountMinor: less })).toBe(true);
              if (dueMinor(now(payment)) > 0 || how === 'give-back') continue;
              expect(take(now(payment), { kind: 'request-void' })).toBe(true);
              expect(take(now(payment), { kind: 'voided' })).toBe(true);
            }
          }
          totalMinor = amountMinor;
          expect(standingMinor(payments)).toBe(totalMinor);
          expect(openMinor(payments)).toBeLessThanOrEqual(totalMinor);
          for (const one of payments) {
            expect(one.refundedMinor + one.refundPendingMinor).toBeLessThanOrEqual(
              one.capturedMinor,
            );
            expect(one.capturedMinor).toBeLessThanOrEqual(one.authorisedMinor);
            expect(one.waivedMinor).toBeLessThanOrEqual(one.amountMinor);
          }
        }
      }),
    );
  });
});
