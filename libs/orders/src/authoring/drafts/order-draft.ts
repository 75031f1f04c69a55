import type { StaffOrder } from '../placing/staff-order.js';

/** What staff state of a draft; it is checked against the shop when it is quoted or placed. */
export interface DraftContent {
  readonly order: StaffOrder;
  readonly note: string | null;
}

export interface OrderDraft extends DraftContent {
  readonly id: string;
  readonly storeId: string;
  /** Who wrote it first. */
  readonly author: string | null;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** It goes then, unless it is written before. */
  readonly expiresAt: number;
}

/** How long a draft is kept after its last change, in milliseconds. */
export const DRAFT_LIFE_MS = 90 * 24 * 3_600_000;

/** Stated once, for schema and column. */
export const draftLimits = { note: 2_000 } as const;
