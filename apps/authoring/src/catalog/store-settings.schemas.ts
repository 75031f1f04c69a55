import { z } from 'zod';
import { countryCode as country, plainText } from '#libs/http';
import { invoicingLimits, shippingLimits, stockHoldLimits } from '#libs/stores';
import { storeCode } from './catalog.schemas.js';
import { shippingMethod, shippingMethodAnswer } from './shipping-method.schemas.js';

const MAX_ENTRIES = 200;

const code = plainText(60);
const instant = z.iso.datetime().nullable();
export const settingsParams = z.strictObject({ code: storeCode });
export type SettingsParams = z.infer<typeof settingsParams>;

const tax = {
  pricesIncludeTax: z.boolean().describe('Whether the store writes its prices with their taxes.'),
  defaultCountry: country.nullable().describe('Where is shipped to until an address says it.'),
  categories: z.array(code).min(1).max(MAX_ENTRIES),
  zones: z
    .array(
      z.strictObject({
        code,
        name: plainText(200),
        areas: z
          .array(z.string().min(2).max(6))
          .max(MAX_ENTRIES)
          .describe('ISO 3166 codes of countries and of parts of them, such as DE and US-CA.'),
      }),
    )
    .max(MAX_ENTRIES),
  rates: z
    .array(
      z.strictObject({
        code,
        name: plainText(200),
        ratePpm: z.number().int().describe('Millionths: 19 % is 190,000.'),
        zone: code,
        category: code,
        validFrom: instant.describe('Inclusive; null: since ever.'),
        validUntil: instant.describe('Exclusive; null: for ever.'),
      }),
    )
    .max(MAX_ENTRIES),
};

export const taxRulesBody = z.strictObject(tax);
export type TaxRulesBody = z.infer<typeof taxRulesBody>;

export const taxRulesAnswer = z.object({ ...tax, version: z.number().int() });
export type TaxRulesAnswer = z.infer<typeof taxRulesAnswer>;

const sales = {
  orderNumberPrefix: z.string().max(10),
  allowedCountries: z.array(country).max(MAX_ENTRIES).describe('Empty: everywhere.'),
  shippingMethods: z.array(shippingMethod).max(shippingLimits.methods),
};

const stockHolds = z
  .strictObject({
    minutes: z
      .number()
      .int()
      .min(1)
      .max(stockHoldLimits.minutes)
      .describe('After the last change of the cart; four times as long in all, within a day.'),
    pieces: z
      .number()
      .int()
      .min(1)
      .max(stockHoldLimits.pieces)
      .describe('Of more pieces than this of one item a cart keeps none.'),
  })
  .nullable()
  .describe('What carts keep of what lies in them; null: nothing, who orders first has it.');

export const salesSettingsBody = z.strictObject({ ...sales, stockHolds: stockHolds.default(null) });
export type SalesSettingsBody = z.infer<typeof salesSettingsBody>;

export const salesSettingsAnswer = z.object({
  ...sales,
  shippingMethods: z.array(shippingMethodAnswer),
  stockHolds,
  version: z.number().int(),
});
export type SalesSettingsAnswer = z.infer<typeof salesSettingsAnswer>;

const lines = z.array(plainText(invoicingLimits.line)).max(invoicingLimits.lines);
const prefix = z.string().max(invoicingLimits.prefix);

const invoicing = {
  sellerLines: lines.describe('Name and address of the company; empty: the name of the store.'),
  taxId: plainText(invoicingLimits.taxId).nullable(),
  footerLines: lines.describe('At the foot of each page.'),
  invoicePrefix: prefix.describe(
    'Capital letters, digits and dashes; the year and a number follow.',
  ),
  creditNotePrefix: prefix,
};

export const invoicingSettingsBody = z.strictObject(invoicing);
export type InvoicingSettingsBody = z.infer<typeof invoicingSettingsBody>;

export const invoicingSettingsAnswer = z.object({ ...invoicing, version: z.number().int() });
export type InvoicingSettingsAnswer = z.infer<typeof invoicingSettingsAnswer>;
