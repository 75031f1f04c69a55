import { repriced, type PriceRule } from './price-rule.js';
import type { StoredPrice } from './price.js';
import type { PriceVerdict } from './repricing.js';
import type { SelectedProduct } from './selected-products.js';

/** A price where it is. */
export interface PlacedPrice {
  readonly productId: string;
  readonly variantId: string;
  readonly price: StoredPrice;
}

/** What a repricing has written; `before` stood there. */
export interface WrittenPrice extends PlacedPrice {
  readonly before: StoredPrice;
}

/** What a rule makes of the selected ones of the prices there are. */
export function changeVerdicts(
  current: readonly PlacedPrice[],
  selected: readonly SelectedProduct[],
  rule: PriceRule,
): PriceVerdict[] {
  const variantsOf = new Map(selected.map((each) => [each.productId, each.variantIds]));
  return current.flatMap(({ productId, variantId, price: before }): PriceVerdict[] => {
    if (!variantsOf.has(productId)) return [];
    if (variantsOf.get(productId)?.has(variantId) === false) return [];
    const place = { productId, variantId, before };
    const after = repriced(before, rule);
    if (after === undefined) return [{ ...place, outcome: 'out-of-range', after }];
    return [{ ...place, outcome: isSame(before, after) ? undefined : 'changed', after }];
  });
}

/** Puts back each price that still is what was written. */
export function undoVerdicts(
  current: readonly PlacedPrice[],
  written: readonly WrittenPrice[],
): PriceVerdict[] {
  const byVariant = new Map(current.map(({ variantId, price }) => [variantId, price]));
  return written.map(({ productId, variantId, price, before: stood }) => {
    const before = byVariant.get(variantId);
    const isUntouched = before?.version === price.version && isSame(before, price);
    const { currency, amountMinor, compareAtMinor } = stood;
    const after = isUntouched ? { currency, amountMinor, compareAtMinor } : undefined;
    const outcome = isUntouched ? 'changed' : 'changed-since';
    return { productId, variantId, outcome, before, after };
  });
}

function isSame(
  one: Pick<StoredPrice, 'amountMinor' | 'compareAtMinor'>,
  other: Pick<StoredPrice, 'amountMinor' | 'compareAtMinor'>,
): boolean {
  return one.amountMinor === other.amountMinor && one.compareAtMinor === other.compareAtMinor;
}
