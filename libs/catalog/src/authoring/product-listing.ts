import { spanOf, type PriceSpan } from '#libs/pricing';
import type { Store } from '#libs/stores';
import { cutText, foldText } from '#libs/kernel';
import type { StatedContent, StatedVariant } from '../model/product-sheet.js';
import type { ProductContent } from '../model/product.js';
import { searchTerms } from './search-terms.js';

const SORT_NAME_LENGTH = 200;

export interface ListingPrice extends PriceSpan {
  readonly currency: string;
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

function listingPrices(variants: readonly StatedVariant[]): ListingPrice[] {
  const prices = variants.flatMap((variant) => variant.prices);
  const currencies = [...new Set(prices.map(({ currency }) => currency))].sort();
  return currencies.flatMap((currency) => {
    const span = spanOf(prices.filter((price) => price.currency === currency));
    return span === undefined ? [] : [{ currency, ...span }];
  });
}

export function listingOf(store: Store, product: StatedContent): ProductListing {
  const isListed = product.status === 'active';
  return {
    names: isListed ? listingNames(store, product) : [],
    prices: isListed ? listingPrices(product.variants) : [],
    terms: searchTerms(product),
  };
}
