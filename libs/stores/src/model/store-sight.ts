import type { StoreContent } from './store.js';
import { storesErrors } from './stores.errors.js';

/**
 * In which language and currency somebody looks at a store: what was asked for, or its defaults. Pure.
 * Throws `catalog.locale-unknown`, `catalog.currency-unknown`.
 */
export function sightOf<Of extends StoreContent>(
  store: Of,
  locale = store.defaultLocale,
  currency = store.defaultCurrency,
): { readonly store: Of; readonly locale: string; readonly currency: string } {
  const { locales, currencies } = store;
  if (!locales.includes(locale)) throw storesErrors.localeUnknown({ details: { locales } });
  if (!currencies.includes(currency)) {
    throw storesErrors.currencyUnknown({ details: { currencies } });
  }
  return { store, locale, currency };
}
