import { spanOf, type PriceSpan } from '#libs/pricing';
import type { StatedContent, StatedVariant } from '../../model/product-sheet.js';
import { searchTerms } from './search-terms.js';

export interface ListingPrice extends PriceSpan {
  readonly currency: string;
}

/** What products are related and found by. A product that is not active has no prices there. */
export interface ProductListing {
  readonly prices: readonly ListingPrice[];
  readonly terms: readonly string[];
}

function listingPrices(variants: readonly StatedVariant[]): ListingPrice[] {
  const prices = variants.flatMap((variant) => variant.prices);
  const currencies = [...new Set(prices.map(({ currency }) => currency))].sort();
  return currencies.flatMap((currency) => {
    const span = spanOf(prices.filter((price) => price.currency === currency));
    return span === undefined ? [] : [{ currency, ...span }];
  });
}

export function listingOf(product: StatedContent): ProductListing {
  const isListed = product.status === 'active';
  return {
    prices: isListed ? listingPrices(product.variants) : [],
    terms: searchTerms(product),
  };
}
