import { z } from 'zod';
import { pageFields, pageOf, plainText } from '#libs/http';
import { productStatuses } from '#authoring/catalog';
import { productLimits as max } from '#libs/kernel';
import { currency, locale, recordFields, slug, storeCode } from './catalog.schemas.js';

const amount = z.number().int().min(0).max(max.amountMinor);
const status = z.enum(productStatuses);
/** Of a price or stock that is stated within a product; the product's own version says nothing of it. */
const basedOn = z
  .number()
  .int()
  .min(0)
  .optional()
  .describe('When given, the change is refused unless this is its current version; 0: none yet.');

export const priceBody = z.strictObject({
  amount: amount.describe('In the smallest unit of the currency.'),
  compareAtAmount: amount.nullable().default(null).describe('What it cost before.'),
});
export type PriceBody = z.infer<typeof priceBody>;

export const stockBody = z.strictObject({
  onHand: z.number().int().min(-max.onHand).max(max.onHand),
  isTracked: z.boolean().default(true).describe('false: there is always enough.'),
  allowsBackorder: z.boolean().default(false),
});
export type StockBody = z.infer<typeof stockBody>;

const text = z.strictObject({
  name: plainText(max.nameLength),
  descriptionHtml: z.string().max(max.descriptionLength).default('').describe('Is sanitised.'),
  seoTitle: plainText(max.seoTitleLength, 0).nullable().default(null),
  seoDescription: plainText(max.seoDescriptionLength, 0).nullable().default(null),
});

const variant = z.strictObject({
  id: z.uuid().optional().describe('Of a variant the product has; else recognised by SKU.'),
  sku: plainText(max.skuLength).nullable().default(null),
  optionValues: z.array(plainText(max.optionLength)).max(max.options).default([]),
  barcode: plainText(max.barcodeLength).nullable().default(null),
  weightGrams: z.number().int().min(0).max(max.weightGrams).nullable().default(null),
  imageUrl: z
    .string()
    .max(max.urlLength)
    .nullable()
    .default(null)
    .describe('One of the images of the product.'),
  prices: z
    .array(z.strictObject({ currency, ...priceBody.shape, version: basedOn }))
    .max(50)
    .default([]),
  stock: stockBody
    .extend({ version: basedOn })
    .default({ onHand: 0, isTracked: true, allowsBackorder: false }),
});
export type VariantBody = z.infer<typeof variant>;

const content = {
  slug,
  status,
  brand: plainText(max.brandLength).nullable(),
  categoryId: z.uuid().nullable(),
  texts: z.record(locale, text).describe('By language; the default language is required.'),
  options: z.array(plainText(max.optionLength)).max(max.options),
  attributes: z
    .array(
      z.strictObject({
        code: z.string().min(1).max(max.attributeCodeLength),
        value: plainText(max.attributeValueLength),
      }),
    )
    .max(max.attributes),
  images: z
    .array(
      z.strictObject({
        url: z.string().min(1).max(max.urlLength).describe('http(s), or a path of this site.'),
        alt: plainText(max.altLength, 0).nullable().default(null),
      }),
    )
    .max(max.images),
  variants: z.array(variant).min(1).max(max.variants),
};

export const newProductBody = z.strictObject({
  store: storeCode,
  ...content,
  slug: content.slug.optional().describe('Made from the name when absent.'),
  status: content.status.default('draft'),
  brand: content.brand.default(null),
  categoryId: content.categoryId.default(null),
  options: content.options.default([]),
  attributes: content.attributes.default([]),
  images: content.images.default([]),
});
export type NewProductBody = z.infer<typeof newProductBody>;

export const productPatchBody = z
  .strictObject(content)
  .partial()
  .describe('What is absent stays; lists and texts are replaced as a whole.');
export type ProductPatchBody = z.infer<typeof productPatchBody>;

export const productListQuery = z.strictObject({
  store: storeCode,
  status: status.optional(),
  brand: z.string().min(1).max(max.brandLength).optional(),
  category: z.uuid().optional(),
  q: z.string().max(200).optional().describe('Every word must begin a word of the product.'),
  ...pageFields,
});
export type ProductListQuery = z.infer<typeof productListQuery>;

export const variantParams = z.strictObject({ id: z.uuid(), variantId: z.uuid() });
export type VariantParams = z.infer<typeof variantParams>;

export const priceParams = variantParams.extend({ currency });
export type PriceParams = z.infer<typeof priceParams>;

export const priceAnswer = z.object({
  currency: z.string(),
  amount: z.number().int(),
  compareAtAmount: z.number().int().nullable(),
  version: z.number().int().describe('Of this price; its ETag.'),
});
export type PriceAnswer = z.infer<typeof priceAnswer>;

export const stockAnswer = z.object({
  onHand: z.number().int(),
  reserved: z
    .number()
    .int()
    .describe(
      'Of what is on hand, kept for carts for a while. Its version stays when this changes.',
    ),
  isTracked: z.boolean(),
  allowsBackorder: z.boolean(),
  version: z.number().int().describe('Of this stock; its ETag. 0: nothing is stored yet.'),
});
export type StockAnswer = z.infer<typeof stockAnswer>;

const variantAnswer = z.object({
  id: z.uuid(),
  sku: z.string().nullable(),
  optionValues: z.array(z.string()),
  barcode: z.string().nullable(),
  weightGrams: z.number().int().nullable(),
  imageUrl: z.string().nullable(),
  prices: z.array(priceAnswer),
  stock: stockAnswer,
});

export const productAnswer = z.object({
  id: z.uuid(),
  store: z.string(),
  slug: z.string(),
  status,
  brand: z.string().nullable(),
  categoryId: z.uuid().nullable(),
  texts: z.record(
    z.string(),
    z.object({
      name: z.string(),
      descriptionHtml: z.string(),
      seoTitle: z.string().nullable(),
      seoDescription: z.string().nullable(),
    }),
  ),
  options: z.array(z.string()),
  attributes: z.array(z.object({ code: z.string(), value: z.string() })),
  images: z.array(z.object({ url: z.string(), alt: z.string().nullable() })),
  variants: z.array(variantAnswer),
  sourceKey: z.string().nullable().describe('What an import recognises it by.'),
  ...recordFields,
});
export type ProductAnswer = z.infer<typeof productAnswer>;

export const productSummaryAnswer = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  status,
  brand: z.string().nullable(),
  categoryId: z.uuid().nullable(),
  ...recordFields,
});
export type ProductSummaryAnswer = z.infer<typeof productSummaryAnswer>;

export const productPage = pageOf(productSummaryAnswer);
