import type { RuleBreach } from '#libs/kernel';
import {
  DEFAULT_INVOICING_SETTINGS,
  invoicingSettingsBreaches,
  type InvoicingSettings,
} from './invoicing-settings.js';
import {
  DEFAULT_SALES_SETTINGS,
  salesSettingsBreaches,
  type SalesSettings,
} from './sales-settings.js';
import { NO_TAX_RULES, taxRulesBreaches, type TaxRules } from './tax-rules.js';

/** What a store can be told, each a document of its own with its own version. */
export interface StoreSettings {
  readonly tax: TaxRules;
  readonly sales: SalesSettings;
  readonly invoicing: InvoicingSettings;
}

export type SettingsKind = keyof StoreSettings;

/** A document as it is stored; version 0 is the default that was never changed. */
export interface StoredSettings<Kind extends SettingsKind> {
  readonly content: StoreSettings[Kind];
  readonly version: number;
}

export const DEFAULT_SETTINGS: StoreSettings = {
  tax: NO_TAX_RULES,
  sales: DEFAULT_SALES_SETTINGS,
  invoicing: DEFAULT_INVOICING_SETTINGS,
};

/** What is wrong with a document; empty when nothing is. */
export const settingsBreaches: {
  readonly [Kind in SettingsKind]: (content: StoreSettings[Kind]) => RuleBreach[];
} = {
  tax: taxRulesBreaches,
  sales: salesSettingsBreaches,
  invoicing: invoicingSettingsBreaches,
};
