import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paymentAfter } from '../../../payments/src/model/payment-step.js';
import type { Payment } from '#libs/payments';
import { orderActions, paymentStateOf, stateAfter, type OrderStates } from './order-state.js';

const placed: OrderStates = { state: 'open', paymentState: 'pending' };

const payment = (changes: Partial<Payment>) =>
  ({
    state: 'captured',
    authorisedMinor: 100,
    capturePendingMinor: 0,
    capturedMinor: 100,
    refundPendingMinor: 0,
    refundedMinor: 0,
    ...changes,
  }) as Payment;

describe('stateAfter', () => {
  it('ships what is paid, promised by a provider, or on account', () => {
    expect(stateAfter(placed, 'ship', false)).toBeUndefined();
    expect(stateAfter(placed, 'ship', true)).toBe('shipped');
    for (const paymentState of ['authorised', 'paid', 'part-refunded'] as const) {
      expect(stateAfter({ ...placed, paymentState }, 'ship', false)).toBe('shipped');
    }
    for (const paymentState of ['refund-due', 'refunded', 'cancelled'] as const) {
      expect(stateAfter({ ...placed, paymentState }, 'ship', false)).toBeUndefined();
    }
  });

  it('takes no money for what was cancelled, and gives it back', () => {
    const cancelled = { state: 'cancelled', paymentState: 'refund-due' } as const;
    expect(stateAfter(cancelled, 'confirm-payment', false)).toBeUndefined();
    expect(stateAfter(cancelled, 'capture', false)).toBeUndefined();
    expect(stateAfter(cancelled, 'confirm-refund', false)).toBe('cancelled');
    expect(stateAfter(cancelled, 'refund', false)).toBe('cancelled');
    expect(stateAfter(placed, 'confirm-payment', false)).toBe('open');
    expect(stateAfter({ ...placed, paymentState: 'paid' }, 'confirm-payment', false)).toBe(
      undefined,
    );
    expect(stateAfter(placed, 'confirm-refund', false)).toBeUndefined();
  });

  it('never cancels what was shipped, or ships what was cancelled', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...orderActions)),
        fc.boolean(),
        (actions, isOnAccount) => {
          let states: OrderStates = { ...placed, paymentState: 'paid' };
          const done: string[] = [];
          for (const action of actions) {
            const state = stateAfter(states, action, isOnAccount);
            if (state === undefined) continue;
            if (state !== states.state) done.push(action);
            states = { ...states, state };
          }
          expect(done.length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
});

describe('paymentStateOf', () => {
  it('says in short where the money is', () => {
    expect(paymentStateOf(payment({ state: 'pending' }))).toBe('pending');
    expect(paymentStateOf(payment({ state: 'authorised' }))).toBe('authorised');
    expect(paymentStateOf(payment({ state: 'capturing' }))).toBe('authorised');
    expect(paymentStateOf(payment({ state: 'voiding' }))).toBe('cancelled');
    expect(paymentStateOf(payment({ state: 'voided' }))).toBe('cancelled');
    expect(paymentStateOf(payment({}))).toBe('paid');
    expect(paymentStateOf(payment({ refundPendingMinor: 1 }))).toBe('refund-due');
    expect(paymentStateOf(payment({ refundedMinor: 1 }))).toBe('part-refunded');
    expect(paymentStateOf(payment({ refundedMinor: 100 }))).toBe('refunded');
  });

  it('calls nothing paid that was not taken', () => {
    const step = fc.record({
      kind: fc.constantFrom('authorised', 'request-capture', 'request-void', 'voided'),
      amountMinor: fc.constant(100),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        let current = payment({ state: 'pending', authorisedMinor: 0, capturedMinor: 0 });
        for (const each of steps) {
          const outcome = paymentAfter({ ...current, amountMinor: 100 }, each);
          if (outcome.kind === 'changed') current = { ...current, ...outcome.after };
        }
        expect(paymentStateOf(current)).not.toBe('paid');
      }),
    );
  });
});
