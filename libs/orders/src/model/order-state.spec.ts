import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paymentAfter } from '../../../payments/src/model/payment-step.js';
import type { OrderPayments, Payment } from '#libs/payments';
import {
  covers,
  orderActions,
  paymentStateOf,
  stateAfter,
  type OrderPaymentState,
  type OrderStates,
} from './order-state.js';

const placed: OrderStates = { state: 'open', paymentState: 'pending' };

const payment = (changes: Partial<Payment>) =>
  ({
    state: 'captured',
    balance: null,
    amountMinor: 100,
    waivedMinor: 0,
    authorisedMinor: 100,
    capturePendingMinor: 0,
    capturedMinor: 100,
    refundPendingMinor: 0,
    refundedMinor: 0,
    ...changes,
  }) as Payment;

describe('stateAfter', () => {
  it('ships nothing and takes no promised money before an order is confirmed', () => {
    const awaiting = { ...placed, awaits: 'confirmation' } as const;
    for (const action of ['ship', 'capture'] as const) {
      expect(stateAfter(awaiting, action, true)).toBeUndefined();
    }
    for (const action of ['confirm-payment', 'cancel-items', 'void', 'refund'] as const) {
      expect(stateAfter(awaiting, action)).toBe('open');
    }
    expect(stateAfter(awaiting, 'cancel')).toBe('cancelled');
  });

  it('edits what is open and has its stock, while money is owed or there, and nothing else', () => {
    const owed = { state: 'open', paymentState: 'pending' } as const;
    expect(stateAfter(owed, 'edit')).toBe('open');
    expect(stateAfter({ ...owed, awaits: null }, 'edit')).toBe('open');
    for (const paymentState of ['authorised', 'paid', 'part-refunded', 'refund-due'] as const) {
      expect(stateAfter({ ...owed, paymentState }, 'edit')).toBe('open');
    }
    for (const other of [
      { ...owed, awaits: 'confirmation' },
      { ...owed, awaits: 'stock' },
      { ...owed, state: 'partly-shipped' },
      { ...owed, state: 'cancelled' },
      { ...owed, paymentState: 'refunded' },
      { ...owed, paymentState: 'cancelled' },
    ] as const) {
      expect(stateAfter(other, 'edit')).toBeUndefined();
    }
  });

  it('ships what is covered, as long as something may go', () => {
    expect(stateAfter(placed, 'ship', false)).toBeUndefined();
    expect(stateAfter(placed, 'ship', true)).toBe('shipped');
    expect(stateAfter({ ...placed, state: 'partly-shipped' }, 'ship', true)).toBe('shipped');
    const delayed = { ...placed, awaits: 'stock' } as const;
    expect(stateAfter(delayed, 'ship', true)).toBe('shipped');
    expect(stateAfter(delayed, 'capture')).toBe('open');
    for (const state of ['shipped', 'cancelled'] as const) {
      expect(stateAfter({ ...placed, state }, 'ship', true)).toBeUndefined();
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
        (actions, isCovered) => {
          let states: OrderStates = { ...placed, paymentState: 'paid' };
          const done: string[] = [];
          for (const action of actions) {
            const state = stateAfter(states, action, isCovered);
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

describe('covers', () => {
  it.each<[boolean, Partial<Payment>]>([
    [true, { state: 'authorised', capturedMinor: 0 }],
    [true, { state: 'capturing', capturedMinor: 0 }],
    [true, {}],
    [true, { refundPendingMinor: 40 }],
    [true, { refundPendingMinor: 40, refundedMinor: 59 }],
    [false, { refundPendingMinor: 100 }],
    [false, { refundPendingMinor: 40, refundedMinor: 60 }],
    [false, { state: 'pending', capturedMinor: 0 }],
    [false, { state: 'voiding', capturedMinor: 0 }],
    [false, { state: 'voided', capturedMinor: 0 }],
    [false, { state: 'voided', capturedMinor: 0, waivedMinor: 99 }],
    // Nothing is owed.
    [true, { state: 'voided', capturedMinor: 0, waivedMinor: 100 }],
    [true, { amountMinor: 0, authorisedMinor: 0, capturedMinor: 0 }],
  ])('%s: %j', (expected, changes) => {
    expect(covers([payment(changes)])).toBe(expected);
  });
});

describe('the money of an order with a balance', () => {
  const paid = payment({});
  const balance = (changes: Partial<Payment>) =>
    payment({
      balance: { claim: 'c', lines: [] },
      amountMinor: 40,
      authorisedMinor: 0,
      capturedMinor: 0,
      ...changes,
    });
  const due = balance({ state: 'pending' });
  const rows: readonly [OrderPayments, OrderPaymentState, boolean][] = [
    [[paid, due], 'balance-due', false],
    [[payment({ refundPendingMinor: 10 }), due], 'balance-due', false],
    [[paid, balance({ state: 'authorised' })], 'authorised', true],
    [[paid, balance({ state: 'capturing' })], 'authorised', true],
    [[payment({ state: 'authorised', capturedMinor: 0 }), due], 'balance-due', false],
    [[payment({ state: 'pending', capturedMinor: 0 }), due], 'pending', false],
    [[paid, balance({ capturedMinor: 40 })], 'paid', true],
    [[paid, balance({ capturedMinor: 40, refundPendingMinor: 40 })], 'refund-due', true],
    [[paid, balance({ capturedMinor: 40, refundedMinor: 40 })], 'part-refunded', true],
    [[payment({ refundedMinor: 100 }), balance({ capturedMinor: 40 })], 'part-refunded', true],
    [
      [payment({ refundedMinor: 100 }), balance({ capturedMinor: 40, refundedMinor: 40 })],
      'refunded',
      false,
    ],
    // It was waived whole, or another one took its place.
    [[paid, balance({ state: 'voiding', waivedMinor: 40 })], 'paid', true],
    [[paid, balance({ state: 'voided', waivedMinor: 40 })], 'paid', true],
    [[paid, balance({ state: 'voided' }), due], 'balance-due', false],
    // The order stands or falls with what it was placed with.
    [[payment({ state: 'voided', capturedMinor: 0 }), due], 'cancelled', false],
    [
      [payment({ state: 'voided', capturedMinor: 0 }), balance({ capturedMinor: 40 })],
      'cancelled',
      false,
    ],
    [
      [
        payment({ state: 'voided', capturedMinor: 0 }),
        balance({ capturedMinor: 40, refundPendingMinor: 40 }),
      ],
      'refund-due',
      false,
    ],
  ];

  it.each(rows.map((row, index) => [index, ...row] as const))(
    'is told by all of its payments (%i)',
    (_index, payments, state, isCovered) => {
      expect([paymentStateOf(payments), covers(payments)]).toEqual([state, isCovered]);
    },
  );

  it('is confirmed and given back by staff whichever is due', () => {
    const states = { state: 'open', paymentState: 'balance-due' } as const;
    expect(stateAfter(states, 'confirm-payment')).toBe('open');
    expect(stateAfter(states, 'confirm-refund')).toBe('open');
    expect(stateAfter({ ...states, state: 'cancelled' }, 'confirm-payment')).toBeUndefined();
  });
});

describe('paymentStateOf', () => {
  it('says in short where the money is', () => {
    expect(paymentStateOf([payment({ state: 'pending' })])).toBe('pending');
    expect(paymentStateOf([payment({ state: 'authorised' })])).toBe('authorised');
    expect(paymentStateOf([payment({ state: 'capturing' })])).toBe('authorised');
    expect(paymentStateOf([payment({ state: 'voiding' })])).toBe('cancelled');
    expect(paymentStateOf([payment({ state: 'voided' })])).toBe('cancelled');
    expect(paymentStateOf([payment({})])).toBe('paid');
    expect(paymentStateOf([payment({ refundPendingMinor: 1 })])).toBe('refund-due');
    expect(paymentStateOf([payment({ refundedMinor: 1 })])).toBe('part-refunded');
    expect(paymentStateOf([payment({ refundedMinor: 100 })])).toBe('refunded');
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
        expect(paymentStateOf([current])).not.toBe('paid');
      }),
    );
  });
});
