import { z } from 'zod';
import { queryLimit } from '#libs/http';
import { filteredQuery, filterParameters, productSorts } from '#libs/search';
import { currency, locale, money } from './storefront.schemas.js';

const image = z.object({
  url: z.string().describe('http(s), or a path of this site.'),
  alt: z.string().nullable(),
});
const priceRange = z.object({ min: money, max: money }).nullable();
const breadcrumb = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });
const valueCount = z.object({ value: z.string(), count: z.number().int() });

export const productCard = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  brand: z.string().nullable(),
  image: image.nullable(),
  price: priceRange,
  isAvailable: z.boolean(),
});

export const productAnswer = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  descriptionHtml: z.string().describe('A fragment that is safe to embed.'),
  brand: z.string().nullable(),
  seoTitle: z.string().nullable(),
  seoDescription: z.string().nullable(),
  breadcrumbs: z.array(breadcrumb),
  options: z.array(z.object({ name: z.string(), values: z.array(z.string()) })),
  attributes: z.array(z.object({ code: z.string(), values: z.array(z.string()) })),
  images: z.array(image),
  variants: z.array(
    z.object({
      id: z.uuid(),
      sku: z.string().nullable(),
      optionValues: z.array(z.string()),
      barcode: z.string().nullable(),
      weightGrams: z.number().int().nullable(),
      imageUrl: z.string().nullable().describe('One of the images: the one of this variant.'),
      price: money.nullable().describe('null: not sold in this currency.'),
      compareAtPrice: money.nullable(),
      availability: z.enum(['in-stock', 'backorder', 'out-of-stock']),
    }),
  ),
  price: priceRange,
  isAvailable: z.boolean(),
  updatedAt: z.iso.datetime(),
});

export const productListAnswer = z.object({
  items: z.array(productCard),
  nextCursor: z.string().nullable().describe('null on the last page.'),
  didYouMean: z
    .string()
    .optional()
    .describe('For a q with none or few answers: another one that leads to products.'),
  redirect: z
    .object({ url: z.string().describe('A path of the shop, or an https address.') })
    .optional()
    .describe('Where the staff of the store want who asks for this q to be sent.'),
  facets: z
    .object({
      total: z.number().int(),
      brands: z.array(valueCount),
      attributes: z
        .array(z.object({ code: z.string(), values: z.array(valueCount) }))
        .describe('Attributes and their values in the order that the staff of the store have set.'),
      categories: z.array(breadcrumb.extend({ count: z.number().int() })),
      price: z.object({ min: money, max: money }).nullable(),
      priceRanges: z
        .array(
          z.object({
            min: money.nullable().describe('null: whatever is below.'),
            max: money.nullable().describe('null: whatever is above.'),
            count: z.number().int().describe('Products of which a variant costs so much.'),
          }),
        )
        .describe(
          'At most six, ascending, whatever price is chosen. Their amounts can be sent back as price[min] and price[max].',
        ),
      attributeRanges: z
        .array(
          z.object({
            code: z.string(),
            unit: z.string().nullable(),
            ranges: z.array(
              z.object({
                range: z.string().describe('To be sent back as `range[<code>]`.'),
                min: z.number().nullable().describe('null: whatever is below.'),
                below: z.number().nullable().describe('Not in it. null: whatever is above.'),
                count: z.number().int(),
              }),
            ),
          }),
        )
        .describe(
          'In the order of attributes and by unit, of attributes with more than six different numbers: at most six ranges each, whatever is chosen of the attribute.',
        ),
    })
    .optional(),
});

export const relatedAnswer = z.object({ items: z.array(productCard) });

export const productListQuery = filteredQuery({
  ...filterParameters,
  sort: z
    .enum(productSorts)
    .optional()
    .describe('Default: relevance with q, else name. Without q relevance is name.'),
  limit: queryLimit(100, 24),
  cursor: z.string().min(1).max(2048).optional(),
  facets: z.enum(['true', 'false']).default('false'),
  locale: locale.optional(),
  currency: currency.optional(),
});
export type ProductListQuery = z.infer<typeof productListQuery>;

/** Where a page ended. The value is what its sort order compares. */
export const positionSchema = z
  .strictObject({
    sort: z.enum(productSorts),
    value: z.union([z.string().max(200), z.number()]),
    id: z.uuid(),
  })
  .refine(({ sort, value }) => (typeof value === 'string') === sort.endsWith('name'));
