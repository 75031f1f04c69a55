import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { orderActions, statesAfter, type OrderStates } from './order-state.js';

const placed: OrderStates = { state: 'open', paymentState: 'pending' };

describe('statesAfter', () => {
  it('ships what is paid, or on account', () => {
    expect(statesAfter(placed, 'ship', false)).toBeUndefined();
    expect(statesAfter(placed, 'ship', true)).toEqual({ ...placed, state: 'shipped' });
    const paid = { ...placed, paymentState: 'paid' } as const;
    expect(statesAfter(paid, 'ship', false)).toEqual({ ...paid, state: 'shipped' });
  });

  it('owes the money of what was paid and cancelled, and nothing else', () => {
    const paid = { ...placed, paymentState: 'paid' } as const;
    const cancelled = { state: 'cancelled', paymentState: 'refund-due' } as const;
    expect(statesAfter(paid, 'cancel', false)).toEqual(cancelled);
    expect(statesAfter(cancelled, 'confirm-refund', false)).toEqual({
      state: 'cancelled',
      paymentState: 'refunded',
    });
    expect(statesAfter(placed, 'cancel', false)?.paymentState).toBe('cancelled');
    expect(statesAfter(placed, 'confirm-refund', false)).toBeUndefined();
  });

  it('never cancels what was shipped, ships what was cancelled, or moves money twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...orderActions)),
        fc.boolean(),
        (actions, isOnAccount) => {
          let states = placed;
          const done: string[] = [];
          for (const action of actions) {
            const after = statesAfter(states, action, isOnAccount);
            if (after === undefined) continue;
            done.push(action);
            states = after;
          }
          expect(new Set(done).size).toBe(done.length);
          expect(done.includes('ship') && done.includes('cancel')).toBe(false);
          if (done.includes('confirm-refund')) expect(done).toContain('confirm-payment');
        },
      ),
    );
  });
});
