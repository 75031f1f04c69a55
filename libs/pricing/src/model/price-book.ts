import type { SqlQueries, Transaction } from '#libs/database';
import type { StoredPrice } from './price.js';

/** Prices of the variants of one product, by variant. */
export type ProductPrices = ReadonlyMap<string, readonly StoredPrice[]>;

/** What becomes of the prices of one product. */
export interface PriceChange {
  readonly productId: string;
  /** A product that was not there before is shown nowhere yet. */
  readonly isNew: boolean;
  /** As loaded by this unit of work. */
  readonly before: ProductPrices;
  /** With versions as `settledPrices` gives them. */
  readonly after: ProductPrices;
}

/**
 * Port: what other slices that write products need of prices. It is in the container of every process
 * that has the authoring modules of pricing.
 */
export abstract class PriceBook {
  /**
   * Base prices of many products with a fixed number of statements, by variant. In a unit of work
   * they stay as they are until it ends. The ids must come from rows that were read under the
   * caller's scope.
   */
  abstract load(
    queries: SqlQueries,
    storeId: string,
    productIds: readonly string[],
  ): Promise<ProductPrices>;

  /** Writes and invalidates what differs, for many products with few statements. */
  abstract replace(
    tx: Transaction,
    storeId: string,
    changes: readonly PriceChange[],
  ): Promise<void>;
}
