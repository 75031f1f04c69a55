import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { amendmentOf } from './amendment.js';
import { paymentAfter, type PaymentStep } from './payment-step.js';
import { dueMinor, refundableMinor, type Payment } from './payment.js';

const payment = (changes: Partial<Payment> = {}): Payment => ({
  id: 'p',
  orderId: 'o',
  method: 'manual',
  currency: 'EUR',
  amountMinor: 100,
  state: 'pending',
  waivedMinor: 0,
  authorisedMinor: 0,
  capturePendingMinor: 0,
  capturedMinor: 0,
  refundPendingMinor: 0,
  refundedMinor: 0,
  providerReference: null,
  failureCode: null,
  version: 1,
  createdAt: 1,
  updatedAt: 1,
  ...changes,
});
const to = (afterMinor: number, beforeMinor = 100) => ({ beforeMinor, afterMinor });
const paid = payment({ state: 'captured', authorisedMinor: 100, capturedMinor: 100 });
const promised = payment({ state: 'authorised', authorisedMinor: 100 });

describe('another total of an order', () => {
  it('is asked for where only staff know of the payment', () => {
    expect(amendmentOf(payment(), true, to(80))).toEqual({ kind: 'ask-for', amountMinor: 80 });
    expect(amendmentOf(payment(), true, to(120))).toEqual({ kind: 'ask-for', amountMinor: 120 });
  });

  it('is less than was asked of a provider, and no more', () => {
    const waived = { kind: 'waive', amountMinor: 20 };
    expect(amendmentOf(payment(), false, to(80))).toEqual(waived);
    expect(amendmentOf(promised, false, to(80))).toEqual(waived);
    for (const one of [payment(), promised, paid]) {
      expect(amendmentOf(one, false, to(101))).toEqual({
        kind: 'refused',
        because: 'total-rises',
      });
    }
  });

  it('gives back of what was taken', () => {
    expect(amendmentOf(paid, true, to(80))).toEqual({ kind: 'give-back', amountMinor: 20 });
    expect(amendmentOf(paid, true, to(101))).toMatchObject({ because: 'total-rises' });
  });

  it('is refused where it would come to nothing, something is under way, or the money is another sum', () => {
    const cases: [Payment, number, string][] = [
      [payment(), 0, 'nothing-left'],
      [payment({ state: 'capturing', authorisedMinor: 100 }), 80, 'under-way'],
      [payment({ state: 'voided' }), 80, 'under-way'],
      [{ ...paid, refundPendingMinor: 10 }, 80, 'money-moved'],
      [{ ...paid, capturedMinor: 50 }, 80, 'money-moved'],
      [payment({ waivedMinor: 10 }), 80, 'money-moved'],
    ];
    for (const [one, afterMinor, because] of cases) {
      expect(amendmentOf(one, true, to(afterMinor))).toEqual({ kind: 'refused', because });
    }
    expect(amendmentOf({ ...paid, capturedMinor: 50 }, true, to(100))).toEqual({ kind: 'none' });
  });

  it('keeps the sums, whatever is edited, promised, taken and given back in between', () => {
    const amount = fc.integer({ min: 1, max: 200 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('edit' as const), amountMinor: amount }),
      fc.record({
        kind: fc.constantFrom(
          'authorised' as const,
          'captured' as const,
          'request-capture' as const,
          'request-refund' as const,
          'refunded' as const,
        ),
        amountMinor: amount,
      }),
    );
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 12 }), (isStaffs, steps) => {
        let now = payment();
        let totalMinor = 100;
        let isByHand = false;
        const take = (one: PaymentStep) => {
          const outcome = paymentAfter(now, one);
          if (outcome.kind === 'changed') now = { ...now, ...outcome.after };
          return outcome.kind === 'changed';
        };
        for (const one of steps) {
          if (one.kind === 'edit') {
            const amendment = amendmentOf(now, isStaffs, to(one.amountMinor, totalMinor));
            if (amendment.kind === 'refused' || amendment.kind === 'none') continue;
            const { kind, amountMinor } = amendment;
            if (kind === 'ask-for') now = { ...now, amountMinor };
            else {
              const wanted = kind === 'waive' ? 'waive' : 'request-refund';
              expect(take({ kind: wanted, amountMinor })).toBe(true);
            }
            totalMinor = one.amountMinor;
            const isTaken = now.state === 'captured';
            expect(isTaken ? refundableMinor(now) : dueMinor(now)).toBe(totalMinor);
          } else if (take(one) && one.kind === 'request-refund') isByHand = true;
          expect(now.refundedMinor + now.refundPendingMinor).toBeLessThanOrEqual(now.capturedMinor);
          expect(now.capturedMinor).toBeLessThanOrEqual(now.authorisedMinor);
          const isKept = now.state === 'captured' && !isByHand && now.capturedMinor >= totalMinor;
          if (isKept) expect(refundableMinor(now)).toBeGreaterThanOrEqual(totalMinor);
        }
      }),
    );
  });
});
