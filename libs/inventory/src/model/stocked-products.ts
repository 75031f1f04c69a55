import type { Transaction } from '#libs/database';

/** Names one variant the way callers may: an id counts only within its product and store. */
export interface VariantAddress {
  readonly storeCode: string;
  readonly productId: string;
  readonly variantId: string;
}

/**
 * Port: what stock needs to know of products. The slice that owns products provides it, so that
 * inventory names none of its tables.
 */
export abstract class StockedProducts {
  /**
   * The store of a variant, which stays while the unit of work lasts. Throws
   * `catalog.store-not-found`, `catalog.product-not-found`, `catalog.variant-not-found`.
   */
  abstract lock(tx: Transaction, address: VariantAddress): Promise<{ readonly storeId: string }>;
}
