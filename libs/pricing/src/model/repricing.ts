import type { PriceRule } from './price-rule.js';
import type { StoredPrice, VariantPrice } from './price.js';
import type { ProductSelection } from './selected-products.js';

/** What a repricing is to do. */
export type RepricingWork =
  | { readonly kind: 'change'; readonly selection: ProductSelection; readonly rule: PriceRule }
  /** Puts back what another one changed and nobody has changed since. */
  | { readonly kind: 'undo'; readonly undoes: string };

export interface RepricingProgress {
  /** Products up to this one are done; '' before the first. */
  readonly afterProductId: string;
  readonly products: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Left as they were, and listed with the reason. */
  readonly skipped: number;
}

/** Many prices of a store that change in one currency, by a job. */
export interface Repricing {
  readonly id: string;
  readonly storeId: string;
  readonly storeCode: string;
  readonly currency: string;
  readonly work: RepricingWork;
  /** The one that undoes it. */
  readonly undoneBy: string | null;
  readonly jobId: string;
  readonly createdBy: string | null;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** When it was accepted; products that are made later are left alone. */
  readonly products: number;
  readonly lastProductId: string;
  readonly progress: RepricingProgress;
}

export const repricingOutcomes = ['changed', 'out-of-range', 'changed-since'] as const;
/**
 * `out-of-range`: the rule makes no price of it that there may be. `changed-since`: it is no longer what
 * the undone repricing made of it.
 */
export type RepricingOutcome = (typeof repricingOutcomes)[number];

/** What becomes of one price; one that stays as it is has no outcome. */
export interface PriceVerdict {
  readonly productId: string;
  readonly variantId: string;
  readonly outcome: RepricingOutcome | undefined;
  /** Undefined when it is gone. */
  readonly before: StoredPrice | undefined;
  /** Undefined when the price is left alone. */
  readonly after: VariantPrice | undefined;
}

export const repricingLimits = {
  /** Products or SKUs that a selection names. */
  listed: 500,
  /** Products that a dry run looks at. */
  foreseenProducts: 20_000,
  /** So long after it was accepted it can be undone. */
  undoableMs: 90 * 24 * 3_600_000,
  /** Prices that a dry run shows. */
  sample: 20,
} as const;
