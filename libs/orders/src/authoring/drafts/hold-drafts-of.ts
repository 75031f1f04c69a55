import type { Transaction } from '#libs/database';

/** Until the unit of work ends: so no draft is written for a person while they are erased. */
export function holdDraftsOf(tx: Transaction, customerId: string): Promise<void> {
  return tx.lock(`order-drafts:${customerId}`);
}
