export { PriceBook, type PriceChange, type ProductPrices } from './model/price-book.js';
export {
  priceBreaches,
  settledPrices,
  spanOf,
  type PriceSpan,
  type StoredPrice,
  type VariantPrice,
} from './model/price.js';
export {
  PricedProducts,
  type PricedProduct,
  type VariantAddress,
} from './model/priced-products.js';
export {
  SelectedProducts,
  type HeldProducts,
  type ProductRange,
  type ProductSelection,
  type SelectedProduct,
  type SelectionSurvey,
} from './model/selected-products.js';
export {
  EXACT,
  priceRuleLimits,
  type PriceRounding,
  type PriceRule,
  type PriceShift,
} from './model/price-rule.js';
export {
  repricingLimits,
  repricingOutcomes,
  type PriceVerdict,
  type Repricing,
  type RepricingOutcome,
} from './model/repricing.js';
export { pricingErrors } from './model/pricing.errors.js';
export { pricingTags } from './model/pricing.tags.js';
export {
  OfferedPriceViewRepository,
  type OfferedPrices,
} from './storefront/offered-price-view.repository.js';
export { PriceListReader } from './storefront/price-list.reader.js';
export { PriceOffers } from './storefront/price-offers.js';
export type { OfferedPrice, PriceReason } from './model/offered-price.js';
export {
  relativeListLimits,
  type RelativeList,
  type RelativeListContent,
  type RelativeRule,
} from './model/relative-list.js';
export { PriceReader } from './storefront/price.reader.js';
export { PriceRecords, type ShownPrices } from './storefront/price-records.js';
export { PricingModule } from './storefront/pricing.module.js';
export { pricingSlice } from './slice.js';
