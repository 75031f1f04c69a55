import type { Transaction } from '#libs/database';
import type { PriceSpan } from './price.js';

/** Names one variant the way callers may: an id counts only within its product and store. */
export interface VariantAddress {
  readonly storeCode: string;
  readonly productId: string;
  readonly variantId: string;
}

/** A product whose prices a unit of work changes. */
export interface PricedProduct {
  readonly storeId: string;
  /** What the store sells in. */
  readonly currencies: readonly string[];
  /** Keeps lists of products true after the span of prices in a currency has changed. */
  respan(currency: string, span: PriceSpan | undefined): Promise<void>;
}

/**
 * Port: what prices need to know of products, and whom they tell of what lists are sorted by. The slice
 * that owns products provides it, so that pricing names none of its tables.
 */
export abstract class PricedProducts {
  /**
   * The product of a variant; nothing else changes it until the unit of work ends. Throws
   * `catalog.store-not-found`, `catalog.product-not-found`, `catalog.variant-not-found`.
   */
  abstract lock(tx: Transaction, address: VariantAddress): Promise<PricedProduct>;
}
