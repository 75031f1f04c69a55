import type { LineQuantity } from '../fulfilment/line-progress.js';

/**
 * Where a return is. `requested`: announced, nothing has come. `received`: staff have looked at what came.
 * `closed`: nothing is owed any more. `rejected`: it is not taken back.
 */
export const returnStates = ['requested', 'received', 'closed', 'rejected'] as const;
export type ReturnState = (typeof returnStates)[number];

/** What of a line comes back: `restocked <= received <= quantity`. */
export interface ReturnedLine extends LineQuantity {
  readonly received: number;
  /** Good enough to be sold again. */
  readonly restocked: number;
}

export interface OrderReturn {
  readonly id: string;
  readonly state: ReturnState;
  /** Who of the staff; null: the shopper. */
  readonly requestedBy: string | null;
  readonly reason: string | null;
  readonly items: readonly ReturnedLine[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}
