import { dueMinor, refundableMinor, type Payment, type PaymentAmounts } from './payment.js';

/** What a provider, or staff for a payment without one, report. It may come twice, early or late. */
export type PaymentReport =
  | { readonly kind: 'authorised'; readonly amountMinor: number }
  | { readonly kind: 'captured'; readonly amountMinor: number }
  | { readonly kind: 'capture-failed' }
  | { readonly kind: 'voided' };

/** What is asked for; it is refused where it does not fit. */
export type PaymentRequest =
  /** Something of what was not taken yet is no longer owed. */
  | { readonly kind: 'waive'; readonly amountMinor: number }
  | { readonly kind: 'request-capture'; readonly amountMinor: number }
  | { readonly kind: 'request-void' }
  | { readonly kind: 'request-refund'; readonly amountMinor: number };

/** How a refund ended; its own row sees to it that this comes once. */
export type RefundEnd =
  | { readonly kind: 'refunded'; readonly amountMinor: number }
  | { readonly kind: 'refund-failed'; readonly amountMinor: number };

export type PaymentStep = PaymentReport | PaymentRequest | RefundEnd;

export type PaymentOutcome =
  | { readonly kind: 'changed'; readonly after: PaymentAmounts }
  /** A report of something that is known, or that was overtaken. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused' };

type Amounts = PaymentAmounts & Pick<Payment, 'amountMinor'>;

const UNCHANGED: PaymentOutcome = { kind: 'unchanged' };
const REFUSED: PaymentOutcome = { kind: 'refused' };

/**
 * What a payment is after a step. Pure. Whatever steps come in whatever order:
 * `0 <= refunded + refundPending <= captured <= authorised`, nothing is captured twice, and nothing is asked for
 * that is no longer owed.
 */
export function paymentAfter(payment: Amounts, step: PaymentStep): PaymentOutcome {
  switch (step.kind) {
    case 'authorised':
      return authorised(payment, step.amountMinor);
    case 'captured':
      return captured(payment, step.amountMinor);
    case 'capture-failed':
      return payment.state === 'capturing'
        ? changed(payment, { state: 'authorised', capturePendingMinor: 0 })
        : UNCHANGED;
    case 'voided':
      return payment.state === 'captured' || payment.state === 'voided'
        ? UNCHANGED
        : changed(payment, { state: 'voided', capturePendingMinor: 0 });
    case 'waive':
      return isUntaken(payment) && isPart(step.amountMinor, dueMinor(payment))
        ? changed(payment, { waivedMinor: payment.waivedMinor + step.amountMinor })
        : REFUSED;
    case 'request-capture':
      return payment.state === 'authorised' && isPart(step.amountMinor, capturableMinor(payment))
        ? changed(payment, { state: 'capturing', capturePendingMinor: step.amountMinor })
        : REFUSED;
    case 'request-void':
      return isUntaken(payment) ? changed(payment, { state: 'voiding' }) : REFUSED;
    case 'request-refund':
      return isPart(step.amountMinor, refundableMinor(payment))
        ? changed(payment, { refundPendingMinor: payment.refundPendingMinor + step.amountMinor })
        : REFUSED;
    case 'refunded':
    case 'refund-failed':
      return refundEnded(payment, step);
  }
}

/** What may be asked of what was promised. Pure. */
export function capturableMinor(payment: Amounts): number {
  return Math.min(payment.authorisedMinor, dueMinor(payment));
}

function isUntaken({ state }: Amounts): boolean {
  return state === 'pending' || state === 'authorised';
}

function authorised(payment: Amounts, amountMinor: number): PaymentOutcome {
  if (payment.state !== 'pending') return UNCHANGED;
  if (!isPart(amountMinor, payment.amountMinor)) return REFUSED;
  return changed(payment, { state: 'authorised', authorisedMinor: amountMinor });
}

/** Money that was taken is never overlooked, also when it was not asked for, or was let go. */
function captured(payment: Amounts, amountMinor: number): PaymentOutcome {
  if (payment.state === 'captured') return UNCHANGED;
  const authorisedMinor = payment.authorisedMinor === 0 ? amountMinor : payment.authorisedMinor;
  const mostMinor = Math.min(authorisedMinor, payment.amountMinor);
  if (!isPart(amountMinor, mostMinor)) return REFUSED;
  return changed(payment, {
    state: 'captured',
    authorisedMinor,
    capturedMinor: amountMinor,
    capturePendingMinor: 0,
  });
}

function refundEnded(payment: Amounts, { kind, amountMinor }: RefundEnd): PaymentOutcome {
  if (!isPart(amountMinor, payment.refundPendingMinor)) return REFUSED;
  const refundPendingMinor = payment.refundPendingMinor - amountMinor;
  const refundedMinor = payment.refundedMinor + (kind === 'refunded' ? amountMinor : 0);
  return changed(payment, { refundPendingMinor, refundedMinor });
}

function isPart(amountMinor: number, wholeMinor: number): boolean {
  return Number.isSafeInteger(amountMinor) && amountMinor > 0 && amountMinor <= wholeMinor;
}

function changed(before: PaymentAmounts, changes: Partial<PaymentAmounts>): PaymentOutcome {
  return {
    kind: 'changed',
    after: {
      state: before.state,
      waivedMinor: before.waivedMinor,
      authorisedMinor: before.authorisedMinor,
      capturePendingMinor: before.capturePendingMinor,
      capturedMinor: before.capturedMinor,
      refundPendingMinor: before.refundPendingMinor,
      refundedMinor: before.refundedMinor,
      ...changes,
    },
  };
}
