import { z } from 'zod';

export const money = z.object({
  amount: z.number().int().describe('In the smallest unit of the currency.'),
  currency: z.string().describe('ISO 4217'),
});

const storeCode = z.string().min(1).max(60);
const slug = z.string().min(1).max(200);
export const locale = z.string().min(2).max(20).describe('Default: that of the store.');
export const currency = z.string().length(3).describe('Default: that of the store.');

export const storeParams = z.strictObject({ store: storeCode });
export type StoreParams = z.infer<typeof storeParams>;

export const slugParams = z.strictObject({ store: storeCode, slug });
export type SlugParams = z.infer<typeof slugParams>;

export const noQuery = z.strictObject({});

export const localeQuery = z.strictObject({ locale: locale.optional() });
export type LocaleQuery = z.infer<typeof localeQuery>;

export const sightQuery = z.strictObject({
  locale: locale.optional(),
  currency: currency.optional(),
});
export type SightQuery = z.infer<typeof sightQuery>;
