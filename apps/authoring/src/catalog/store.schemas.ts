import { z } from 'zod';
import { pageFields, pageOf, plainText } from '#libs/http';
import { currency, locale, recordFields, storeCode } from './catalog.schemas.js';

const content = {
  name: plainText(200),
  currencies: z.array(currency).min(1).max(50),
  locales: z.array(locale).min(1).max(50),
  defaultCurrency: currency,
  defaultLocale: locale,
};

export const newStoreBody = z.strictObject({
  code: storeCode.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Lower-case letters, digits and dashes'),
  ...content,
});
export type NewStoreBody = z.infer<typeof newStoreBody>;

export const storePatchBody = z.strictObject(content).partial();
export type StorePatchBody = z.infer<typeof storePatchBody>;

export const codeParams = z.strictObject({ code: storeCode });
export type CodeParams = z.infer<typeof codeParams>;

export const storeListQuery = z.strictObject(pageFields);
export type StoreListQuery = z.infer<typeof storeListQuery>;

export const storeAnswer = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  currencies: z.array(z.string()),
  locales: z.array(z.string()),
  defaultCurrency: z.string(),
  defaultLocale: z.string(),
  ...recordFields,
});
export type StoreAnswer = z.infer<typeof storeAnswer>;

export const storePage = pageOf(storeAnswer);
