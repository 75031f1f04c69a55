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

/** A payment of an order. */
export type Payment = PaymentAmounts & {
  readonly id: string;
  readonly orderId: string;
  /** null: the one that the order was placed with. */
  readonly balance: Balance | null;
  readonly method: PaymentMethod;
  readonly currency: string;
  /** What it is for comes to, in minor units. */
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

/** What a further payment is for: what an edit added to an order that is paid, promised or asked for at a provider. */
export type Balance = {
  /** The same for every payment that is asked for in the place of one that its provider let go of. */
  readonly claim: string;
  readonly lines: readonly AddedLine[];
};

/** What an edit added to a part of an order, or took off it. Minor units: `net + taxes = total`. */
export type AddedLine = {
  readonly kind: 'item' | 'shipping';
  readonly name: string;
  readonly sku: string | null;
  readonly optionValues: readonly string[];
  /** How many pieces more, below zero fewer; null: as many as before, or not counted. */
  readonly quantity: number | null;
  readonly netMinor: number;
  readonly taxes: readonly {
    readonly code: string;
    readonly name: string;
    readonly ratePpm: number;
    readonly amountMinor: number;
  }[];
  readonly totalMinor: number;
};

/** What it is for comes to without what was given up before it was paid. */
export function dueMinor(payment: Pick<Payment, 'amountMinor' | 'waivedMinor'>): number {
  return payment.amountMinor - payment.waivedMinor;
}

/** What was taken and is neither given back nor about to be. */
export function refundableMinor(amounts: PaymentAmounts): number {
  return amounts.capturedMinor - amounts.refundedMinor - amounts.refundPendingMinor;
}

/** Nothing was taken of it, and it is not being taken or let go of. */
export function isUntaken({ state }: Pick<Payment, 'state'>): boolean {
  return state === 'pending' || state === 'authorised';
}

/** Nothing will be taken of it any more. */
export function isLetGo({ state }: Pick<Payment, 'state'>): boolean {
  return state === 'voiding' || state === 'voided';
}

/** Lengths of what providers and staff write, for rules, schemas and columns. */
export const paymentLimits = { reference: 255, failureCode: 100, reason: 500 } as const;
