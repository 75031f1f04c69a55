export const refundStates = ['pending', 'succeeded', 'failed'] as const;
export type RefundState = (typeof refundStates)[number];

/** What of an order is given back: pieces of lines by their number, its shipping, and their taxes. */
export type RefundedParts = {
  readonly items: readonly RefundedItem[];
  readonly shipping: RefundedShare | null;
};

/** Minor units: `net + taxes = total`. */
export type RefundedShare = {
  readonly netMinor: number;
  readonly taxes: readonly { readonly code: string; readonly amountMinor: number }[];
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
