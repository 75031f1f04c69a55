import type { SqlQueries, Transaction } from '#libs/database';
import type { StoredStock } from './stock.js';

/** Stock of the variants of one product, by variant. */
export type ProductStock = ReadonlyMap<string, StoredStock>;

/** What becomes of the stock of one product. */
export interface StockChange {
  readonly productId: string;
  /** A product that was not there before is shown nowhere yet. */
  readonly isNew: boolean;
  /** As loaded by this unit of work. */
  readonly before: ProductStock;
  /** With versions as `settledStock` gives them. */
  readonly after: ProductStock;
}

/** Why a ledger row was written. `opening`: what was there when the ledger began. */
export const ledgerReasons = [
  'opening',
  'correction',
  'product-edit',
  'removal',
  'sale',
  'cancellation',
  'return',
  'receipt',
  'count',
  'transfer',
] as const;
export type LedgerReason = (typeof ledgerReasons)[number];

/**
 * Port: what other slices that write products need of stock. It is in the container of every process
 * that has the authoring modules of inventory.
 */
export abstract class StockBook {
  /**
   * Stock of many products with a fixed number of statements, by variant. In a unit of work it stays
   * as it is until that ends. The ids must come from rows that were read under the caller's scope.
   */
  abstract load(queries: SqlQueries, productIds: readonly string[]): Promise<ProductStock>;

  /**
   * Writes what differs, with its ledger rows, for many products with few statements; invalidates
   * where shoppers see something else.
   */
  abstract replace(
    tx: Transaction,
    storeId: string,
    changes: readonly StockChange[],
  ): Promise<void>;
}
