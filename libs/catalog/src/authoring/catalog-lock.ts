import type { Transaction } from '#libs/database';

/** Lets one unit of work at a time give out slugs and SKUs of a store, until it ends. */
export function lockCatalog(tx: Transaction, storeId: string): Promise<void> {
  return tx.lock(`catalog:${storeId}`);
}
