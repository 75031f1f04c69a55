export type { Store, StoreContent } from './model/store.js';
export { StoreDependants, type StoreDependant } from './model/store-dependants.js';
export { StoreLookup, type StoreCodes, type StoreColumns } from './model/store-lookup.js';
export { sightOf } from './model/store-sight.js';
export { storesErrors } from './model/stores.errors.js';
export { StoresModelModule } from './model/stores-model.module.js';
export { storesTags } from './model/stores.tags.js';
export { REFRESH_WINDOW_MS, refreshedStoreRegions } from './storefront/store-refresh.js';
export { StoreReader, type StoreSight, type StoreView } from './storefront/store.reader.js';
export { StoresModule } from './storefront/stores.module.js';
export { storesSlice } from './slice.js';
export { invoicingLimits, type InvoicingSettings } from './model/settings/invoicing-settings.js';
export {
  stockHoldLimits,
  type SalesSettings,
  type StockHoldRules,
} from './model/settings/sales-settings.js';
export { CARRIER, type Carrier } from './model/shipping/carrier.js';
export {
  rateMeasures,
  shippingLimits,
  type PickUpPlace,
  type ShippingMethod,
} from './model/shipping/shipping-method.js';
export {
  shippingRefusals,
  type Parcel,
  type ShippingQuote,
  type ShippingRefusal,
} from './model/shipping/shipping-quote.js';
export type {
  SettingsKind,
  StoredSettings,
  StoreSettings,
} from './model/settings/store-settings.js';
export { StoreSettingsLookup } from './model/settings/store-settings-lookup.js';
export {
  taxRatesFor,
  type TaxPlace,
  type TaxRate,
  type TaxRules,
} from './model/settings/tax-rules.js';
export {
  StoreSettingsReader,
  type CachedSettingsKind,
} from './storefront/store-settings.reader.js';
