import type { RuleBreach } from '#libs/kernel';
import type { SalesSettings } from './sales-settings.js';
import type { TaxRules } from './tax-rules.js';

/** Two documents of one store, and which of them is about to change. */
export interface SettingsPair {
  readonly changed: 'tax' | 'sales';
  readonly tax: TaxRules;
  readonly sales: SalesSettings;
}

/** How shipping is taxed that the tax rules do not know; told of the document that would change. */
export function settingsMisfits({ changed, tax, sales }: SettingsPair): RuleBreach[] {
  return sales.shippingMethods.flatMap(({ code, taxCategory }, index) => {
    if (!taxCategory || tax.categories.includes(taxCategory)) return [];
    return changed === 'sales'
      ? { path: `shippingMethods.${index}.taxCategory`, message: 'no such tax category' }
      : { path: 'categories', message: `the shipping method ${code} is taxed as ${taxCategory}` };
  });
}
