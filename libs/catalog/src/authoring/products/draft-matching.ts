import { NO_STOCK, settledStock } from '#libs/inventory';
import { newId } from '#libs/kernel';
import { settledPrices } from '#libs/pricing';
import type { ProductDraft, VariantDraft } from '../../model/product-draft.js';
import type { SheetVariant } from '../../model/product-sheet.js';

/**
 * Gives each variant of a draft the id of the stored one it stands for: the one with its SKU,
 * else the one with its option values. What is left gets a new id. A stored variant keeps its prices
 * in currencies the draft does not speak of: a source often knows one currency only.
 */
export function matchVariants(
  known: readonly SheetVariant[],
  drafts: readonly VariantDraft[],
): SheetVariant[] {
  const bySku = new Map<string, string>();
  const byOptions = new Map<string, string>();
  for (const { id, sku, optionValues } of known) {
    if (sku !== null) bySku.set(sku, id);
    byOptions.set(JSON.stringify(optionValues), id);
  }
  const ids = new Array<string | undefined>(drafts.length).fill(undefined);
  const used = new Set<string>();
  const claim = (index: number, id: string | undefined): void => {
    if (id === undefined || ids[index] !== undefined || used.has(id)) return;
    ids[index] = id;
    used.add(id);
  };
  drafts.forEach(({ sku }, index) => claim(index, sku === null ? undefined : bySku.get(sku)));
  drafts.forEach(({ optionValues }, index) => {
    claim(index, byOptions.get(JSON.stringify(optionValues)));
  });
  const stored = new Map(known.map((variant) => [variant.id, variant]));
  return drafts.map((draft, index) => {
    const id = ids[index] ?? newId();
    const before = stored.get(id);
    const named = new Set(draft.prices.map(({ currency }) => currency));
    const kept = (before?.prices ?? []).filter(({ currency }) => !named.has(currency));
    return settledVariant(before, { ...draft, id, prices: [...draft.prices, ...kept] });
  });
}

/** A variant once what is stated of its price and stock holds. Throws `http.stale-version`. */
export function settledVariant(
  before: SheetVariant | undefined,
  stated: VariantDraft & { readonly id: string },
): SheetVariant {
  return {
    ...stated,
    prices: settledPrices(before?.prices ?? [], stated.prices),
    stock: settledStock(before?.stock ?? NO_STOCK, stated.stock),
  };
}

/** Of drafts with one source key the first counts; returns the others too. */
export function withoutRepeats(drafts: readonly ProductDraft[]): {
  readonly first: ProductDraft[];
  readonly repeated: ProductDraft[];
} {
  const seen = new Set<string>();
  const first: ProductDraft[] = [];
  const repeated: ProductDraft[] = [];
  for (const draft of drafts) {
    (seen.has(draft.sourceKey) ? repeated : first).push(draft);
    seen.add(draft.sourceKey);
  }
  return { first, repeated };
}
