import { newId } from '#libs/kernel';

/** `waived`: it was not taken yet, and is no longer owed; no money moves. */
export const refundStates = ['pending', 'succeeded', 'failed', 'waived'] as const;
export type RefundState = (typeof refundStates)[number];

/** What of an order is given back: pieces of lines by their number, its shipping, and their taxes. */
export type RefundedParts = {
  readonly items: readonly RefundedItem[];
  readonly shipping: RefundedShare | null;
  /** What an edit took off, by how it is taxed; absent: nothing. */
  readonly reduced?: readonly ReducedShare[];
};

/** Minor units: `net + taxes = total`. */
export type RefundedShare = {
  readonly netMinor: number;
  readonly taxes: readonly { readonly code: string; readonly amountMinor: number }[];
  readonly totalMinor: number;
};

/** Minor units: `net + taxes = total`. */
export type ReducedShare = {
  readonly netMinor: number;
  readonly taxes: readonly {
    readonly code: string;
    readonly name: string;
    readonly ratePpm: number;
    readonly amountMinor: number;
  }[];
  readonly totalMinor: number;
};

export type RefundedItem = RefundedShare & {
  /** Counts from 1, as in the order. */
  readonly line: number;
  readonly quantity: number;
};

export type Refund = {
  readonly id: string;
  readonly paymentId: string;
  readonly state: RefundState;
  readonly amountMinor: number;
  /** What it is for; empty for a sum that belongs to no part of the order. */
  readonly parts: RefundedParts;
  readonly reason: string | null;
  readonly requestedBy: string | null;
  readonly providerReference: string | null;
  readonly failureCode: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** A row that begins now; `now` in epoch milliseconds. */
export function newRefund(
  of: Pick<Refund, 'paymentId' | 'state' | 'amountMinor' | 'parts'> &
    Partial<Pick<Refund, 'reason' | 'requestedBy' | 'providerReference'>>,
  now: number,
): Refund {
  return {
    id: newId(),
    reason: null,
    requestedBy: null,
    providerReference: null,
    failureCode: null,
    createdAt: now,
    updatedAt: now,
    ...of,
  };
}
