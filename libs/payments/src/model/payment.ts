import type { PaymentMethod } from './payment-method.js';

/**
 * `capturing` and `voiding`: asked for, and not yet known to be done. `captured`: some or all of what was
 * authorised was taken, once; what was not taken is free again.
 */
export const paymentStates = [
  'pending',
  'authorised',
  'capturing',
  'captured',
  'voiding',
  'voided',
] as const;
export type PaymentState = (typeof paymentStates)[number];

/**
 * Cumulative amounts in minor units: `captured <= authorised`, `refunded + refundPending <= captured`,
 * `capturePending <= amount - waived`.
 */
export type PaymentAmounts = {
  readonly state: PaymentState;
  /** What is no longer owed, for pieces that were given up before they were paid. */
  readonly waivedMinor: number;
  readonly authorisedMinor: number;
  readonly capturePendingMinor: number;
  readonly capturedMinor: number;
  readonly refundPendingMinor: number;
  readonly refundedMinor: number;
};

/** The payment of one order. */
export type Payment = PaymentAmounts & {
  readonly id: string;
  readonly orderId: string;
  readonly method: PaymentMethod;
  readonly currency: string;
  /** What the order comes to, in minor units. */
  readonly amountMinor: number;
  /** How the provider names it; null: the provider does not know of it. */
  readonly providerReference: string | null;
  /** Why the last attempt of the shopper, or the last capture, did not succeed; the provider's code. */
  readonly failureCode: string | null;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** What the order comes to without what was given up before it was paid. */
export function dueMinor(payment: Pick<Payment, 'amountMinor' | 'waivedMinor'>): number {
  return payment.amountMinor - payment.waivedMinor;
}

/** What was taken and is neither given back nor about to be. */
export function refundableMinor(amounts: PaymentAmounts): number {
  return amounts.capturedMinor - amounts.refundedMinor - amounts.refundPendingMinor;
}

/** Lengths of what providers and staff write, for rules, schemas and columns. */
export const paymentLimits = { reference: 255, failureCode: 100, reason: 500 } as const;
