import type { Store } from '#libs/stores';
import { cutText, foldText } from '../model/slug.js';
import type { ProductContent } from '../model/product.js';
import { searchTerms } from '../model/search-terms.js';

const SORT_NAME_LENGTH = 200;

export interface ListingPrice {
  readonly currency: string;
  readonly minMinor: number;
  readonly maxMinor: number;
}

export interface ListingName {
  readonly locale: string;
  readonly sortName: string;
}

/** What lists are read from. A product that is not active has neither names nor prices there. */
export interface ProductListing {
  readonly names: readonly ListingName[];
  readonly prices: readonly ListingPrice[];
  readonly terms: readonly string[];
}

function listingNames(store: Store, product: ProductContent): ListingName[] {
  const fallback = product.texts[store.defaultLocale];
  return store.locales.flatMap((locale) => {
    const text = product.texts[locale] ?? fallback;
    if (text === undefined) return [];
    const sortName = cutText(foldText(text.name).trim(), SORT_NAME_LENGTH);
    return [{ locale, sortName }];
  });
}

function listingPrices(product: ProductContent): ListingPrice[] {
  const ranges = new Map<string, ListingPrice>();
  for (const { currency, amountMinor } of product.variants.flatMap(({ prices }) => prices)) {
    const known = ranges.get(currency);
    ranges.set(currency, {
      currency,
      minMinor: Math.min(known?.minMinor ?? amountMinor, amountMinor),
      maxMinor: Math.max(known?.maxMinor ?? amountMinor, amountMinor),
    });
  }
  return [...ranges.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

export function listingOf(store: Store, product: ProductContent): ProductListing {
  const isListed = product.status === 'active';
  return {
    names: isListed ? listingNames(store, product) : [],
    prices: isListed ? listingPrices(product) : [],
    terms: searchTerms(product),
  };
}
