import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paymentAfter, type PaymentStep } from './payment-step.js';
import type { PaymentAmounts, PaymentState } from './payment.js';

const TOTAL = 1_000;

const at = (state: PaymentState, changes: Partial<PaymentAmounts> = {}) => ({
  amountMinor: TOTAL,
  state,
  waivedMinor: 0,
  authorisedMinor: 0,
  capturePendingMinor: 0,
  capturedMinor: 0,
  refundPendingMinor: 0,
  refundedMinor: 0,
  ...changes,
});

const full = { authorisedMinor: TOTAL };
const taken = { ...full, capturedMinor: TOTAL };

type Row = readonly [
  ReturnType<typeof at>,
  PaymentStep,
  PaymentState | 'unchanged' | 'refused',
  Partial<PaymentAmounts>?,
];

const rows: readonly Row[] = [
  [at('pending'), { kind: 'authorised', amountMinor: TOTAL }, 'authorised', full],
  [at('pending'), { kind: 'authorised', amountMinor: TOTAL + 1 }, 'refused'],
  [at('pending'), { kind: 'authorised', amountMinor: 0 }, 'refused'],
  [at('pending'), { kind: 'captured', amountMinor: TOTAL }, 'captured', taken],
  [at('pending'), { kind: 'captured', amountMinor: TOTAL + 1 }, 'refused'],
  [at('pending'), { kind: 'capture-failed' }, 'unchanged'],
  [at('pending'), { kind: 'voided' }, 'voided'],
  [at('pending'), { kind: 'request-capture', amountMinor: 1 }, 'refused'],
  [at('pending'), { kind: 'request-void' }, 'voiding'],
  [at('pending'), { kind: 'request-refund', amountMinor: 1 }, 'refused'],
  [at('authorised', full), { kind: 'authorised', amountMinor: TOTAL }, 'unchanged'],
  [
    at('authorised', full),
    { kind: 'request-capture', amountMinor: 400 },
    'capturing',
    { capturePendingMinor: 400 },
  ],
  [at('authorised', full), { kind: 'request-capture', amountMinor: TOTAL + 1 }, 'refused'],
  [at('authorised', full), { kind: 'request-capture', amountMinor: -1 }, 'refused'],
  [at('authorised', full), { kind: 'request-capture', amountMinor: 0.5 }, 'refused'],
  [at('authorised', full), { kind: 'request-void' }, 'voiding'],
  [at('authorised', full), { kind: 'voided' }, 'voided'],
  [
    at('capturing', { ...full, capturePendingMinor: 400 }),
    { kind: 'captured', amountMinor: 400 },
    'captured',
    { capturedMinor: 400, capturePendingMinor: 0 },
  ],
  [
    at('capturing', { ...full, capturePendingMinor: 400 }),
    { kind: 'capture-failed' },
    'authorised',
    { capturePendingMinor: 0 },
  ],
  [at('capturing', full), { kind: 'request-capture', amountMinor: 1 }, 'refused'],
  [at('capturing', full), { kind: 'request-void' }, 'refused'],
  [at('pending'), { kind: 'waive', amountMinor: 300 }, 'pending', { waivedMinor: 300 }],
  [
    at('authorised', { ...full, waivedMinor: 300 }),
    { kind: 'waive', amountMinor: 700 },
    'authorised',
    { waivedMinor: TOTAL },
  ],
  [at('authorised', { ...full, waivedMinor: 300 }), { kind: 'waive', amountMinor: 701 }, 'refused'],
  [at('pending'), { kind: 'waive', amountMinor: 0 }, 'refused'],
  [at('capturing', full), { kind: 'waive', amountMinor: 1 }, 'refused'],
  [at('captured', taken), { kind: 'waive', amountMinor: 1 }, 'refused'],
  [at('voiding', full), { kind: 'waive', amountMinor: 1 }, 'refused'],
  [at('voided', full), { kind: 'waive', amountMinor: 1 }, 'refused'],
  [
    at('authorised', { ...full, waivedMinor: 300 }),
    { kind: 'request-capture', amountMinor: 701 },
    'refused',
  ],
  [
    at('authorised', { ...full, waivedMinor: 300 }),
    { kind: 'request-capture', amountMinor: 700 },
    'capturing',
    { capturePendingMinor: 700 },
  ],
  // A provider that takes at once takes what it was told at first.
  [
    at('pending', { waivedMinor: 300 }),
    { kind: 'captured', amountMinor: TOTAL },
    'captured',
    taken,
  ],
  [at('captured', taken), { kind: 'captured', amountMinor: TOTAL }, 'unchanged'],
  [at('captured', taken), { kind: 'authorised', amountMinor: TOTAL }, 'unchanged'],
  [at('captured', taken), { kind: 'voided' }, 'unchanged'],
  [at('captured', taken), { kind: 'request-void' }, 'refused'],
  [
    at('captured', taken),
    { kind: 'request-refund', amountMinor: TOTAL },
    'captured',
    { refundPendingMinor: TOTAL },
  ],
  [
    at('captured', { ...taken, refundPendingMinor: 300, refundedMinor: 300 }),
    { kind: 'request-refund', amountMinor: 401 },
    'refused',
  ],
  [
    at('captured', { ...taken, refundPendingMinor: 300 }),
    { kind: 'refunded', amountMinor: 300 },
    'captured',
    { refundPendingMinor: 0, refundedMinor: 300 },
  ],
  [
    at('captured', { ...taken, refundPendingMinor: 300 }),
    { kind: 'refund-failed', amountMinor: 300 },
    'captured',
    { refundPendingMinor: 0, refundedMinor: 0 },
  ],
  [at('captured', taken), { kind: 'refunded', amountMinor: 1 }, 'refused'],
  [at('voiding', full), { kind: 'captured', amountMinor: TOTAL }, 'captured', taken],
  [at('voiding'), { kind: 'authorised', amountMinor: TOTAL }, 'unchanged'],
  [at('voiding'), { kind: 'request-void' }, 'refused'],
  [at('voiding'), { kind: 'voided' }, 'voided'],
  [at('voided'), { kind: 'voided' }, 'unchanged'],
  [at('voided'), { kind: 'authorised', amountMinor: TOTAL }, 'unchanged'],
  [at('voided'), { kind: 'captured', amountMinor: TOTAL }, 'captured', taken],
  [at('voided', full), { kind: 'captured', amountMinor: TOTAL + 1 }, 'refused'],
  [at('voided'), { kind: 'request-refund', amountMinor: 1 }, 'refused'],
];

const anyStep: fc.Arbitrary<PaymentStep> = fc.oneof(
  fc.record({
    kind: fc.constantFrom(
      'authorised' as const,
      'captured' as const,
      'waive' as const,
      'request-capture' as const,
      'request-refund' as const,
      'refunded' as const,
      'refund-failed' as const,
    ),
    amountMinor: fc.integer({ min: -10, max: TOTAL + 10 }),
  }),
  fc.record({
    kind: fc.constantFrom('capture-failed' as const, 'voided' as const, 'request-void' as const),
  }),
);

describe('paymentAfter', () => {
  it.each(rows)('%j, %j: %s', (before, step, expected, changes = {}) => {
    const outcome = paymentAfter(before, step);
    if (expected === 'unchanged' || expected === 'refused') {
      expect(outcome).toEqual({ kind: expected });
      return;
    }
    const { amountMinor: _total, ...amounts } = before;
    expect(outcome).toEqual({
      kind: 'changed',
      after: { ...amounts, ...changes, state: expected },
    });
  });

  it('never takes more than was authorised, or gives back more than was taken', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        let payment = at('pending');
        let captures = 0;
        for (const step of steps) {
          const outcome = paymentAfter(payment, step);
          if (outcome.kind !== 'changed') continue;
          const { after } = outcome;
          if (after.capturedMinor !== payment.capturedMinor) captures += 1;
          expect(after.refundedMinor).toBeGreaterThanOrEqual(payment.refundedMinor);
          payment = { ...payment, ...after };
          for (const [, value] of Object.entries(after)) {
            if (typeof value === 'number') expect(value).toBeGreaterThanOrEqual(0);
          }
          expect(after.authorisedMinor).toBeLessThanOrEqual(TOTAL);
          expect(after.waivedMinor + after.capturePendingMinor).toBeLessThanOrEqual(TOTAL);
          expect(after.capturedMinor + after.capturePendingMinor).toBeLessThanOrEqual(
            after.authorisedMinor,
          );
          expect(after.refundedMinor + after.refundPendingMinor).toBeLessThanOrEqual(
            after.capturedMinor,
          );
        }
        expect(captures).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('comes to the same in whatever order, and however often, the reports of one payment arrive', () => {
    const reports: readonly PaymentStep[] = [
      { kind: 'authorised', amountMinor: TOTAL },
      { kind: 'captured', amountMinor: TOTAL },
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...reports), { minLength: 1 }), (steps) => {
        fc.pre(steps.some(({ kind }) => kind === 'captured'));
        let payment = at('pending');
        for (const step of steps) {
          const outcome = paymentAfter(payment, step);
          if (outcome.kind === 'changed') payment = { ...payment, ...outcome.after };
        }
        expect(payment).toEqual(at('captured', taken));
      }),
    );
  });
});
