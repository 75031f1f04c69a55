import type { SqlQueries, Transaction } from '#libs/database';
import type { PriceSpan } from './price.js';

/** Which variants are meant: those for which everything holds that is named. */
export interface ProductSelection {
  /** Products in it and in the categories below. */
  readonly categoryId?: string | undefined;
  readonly brand?: string | undefined;
  readonly attribute?: { readonly code: string; readonly value: string } | undefined;
  readonly productIds?: readonly string[] | undefined;
  /** Only the variants with these, not the others of their products. */
  readonly skus?: readonly string[] | undefined;
}

/** How far a selection reaches at one moment. */
export interface SelectionSurvey {
  readonly products: number;
  /** In the order of ids; undefined when nothing is selected. */
  readonly lastProductId: string | undefined;
}

export interface SelectedProduct {
  readonly productId: string;
  /** Undefined: all of them. */
  readonly variantIds: ReadonlySet<string> | undefined;
}

/** Products behind one and up to another, in the order of ids. */
export interface ProductRange {
  readonly after: string;
  readonly upTo: string;
}

/** Products whose prices a unit of work changes; nothing else changes them until it ends. */
export interface HeldProducts {
  /** Keeps lists of products true after spans of prices in a currency have changed. */
  respan(currency: string, spans: ReadonlyMap<string, PriceSpan>): Promise<void>;
}

/**
 * Port: which products a selection means, and whom to tell of what their lists are sorted by. The slice
 * that owns products provides it.
 */
export abstract class SelectedProducts {
  /**
   * Throws `catalog.category-not-found`, `catalog.product-not-found` and `catalog.variant-not-found`
   * for what a selection names and the store does not have.
   */
  abstract survey(
    queries: SqlQueries,
    storeId: string,
    selection: ProductSelection,
  ): Promise<SelectionSurvey>;

  /** At most `limit`, in the order of ids. */
  abstract list(
    queries: SqlQueries,
    storeId: string,
    selection: ProductSelection,
    range: ProductRange,
    limit: number,
  ): Promise<SelectedProduct[]>;

  abstract hold(
    tx: Transaction,
    store: { readonly id: string; readonly code: string },
    productIds: readonly string[],
  ): Promise<HeldProducts>;
}
