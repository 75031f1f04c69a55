import { createHash } from 'node:crypto';

export type ImportedProductStatus = 'draft' | 'active' | 'archived';

/** A product as an import file describes it: validated, normalised, independent of any database. */
export interface ImportedProductContent {
  /** Lower case, unique in the file; the key by which the product is found again. */
  readonly handle: string;
  readonly title: string;
  /** Safe to embed: see `sanitiseHtml`. Empty when there is none. */
  readonly descriptionHtml: string;
  readonly brand: string | undefined;
  /** Names from the root of the category tree downwards; empty when the product has no category. */
  readonly categoryPath: readonly string[];
  readonly status: ImportedProductStatus;
  readonly seoTitle: string | undefined;
  readonly seoDescription: string | undefined;
  /** Sorted by code, then value, without duplicates; tags are attributes of code `tag`. */
  readonly attributes: readonly { readonly code: string; readonly value: string }[];
  /** Up to three; none when the product comes in a single form. */
  readonly optionNames: readonly string[];
  /** At least one. */
  readonly variants: readonly ImportedVariant[];
  /** In the order in which they are shown. */
  readonly images: readonly ImportedImage[];
}

export interface ImportedVariant {
  /** One value for each of the product's option names. */
  readonly optionValues: readonly string[];
  readonly sku: string | undefined;
  readonly barcode: string | undefined;
  readonly weightGrams: number;
  /** One of the images of the product. */
  readonly imageUrl: string | undefined;
  /** ISO 4217; a file has one. */
  readonly currency: string;
  readonly priceMinor: number;
  readonly compareAtMinor: number | undefined;
  /** May be negative: sold more than there was. */
  readonly onHand: number;
  readonly isStockTracked: boolean;
  /** What happens when nothing is left. */
  readonly stockPolicy: 'deny' | 'continue';
}

export interface ImportedImage {
  /** http(s), or a path of this site. */
  readonly url: string;
  readonly alt: string;
}

export interface ImportedProduct extends ImportedProductContent {
  /** Equal if and only if the content is: an import that finds it stored has nothing to do. */
  readonly contentHash: string;
}

/** Part of every hash: a change of what is stored for the same file must count as a change. */
const HASH_VERSION = 'product-csv/3';

/** Adds the hash over everything the product holds. */
export function withContentHash(content: ImportedProductContent): ImportedProduct {
  const canonical = [
    HASH_VERSION,
    content.handle,
    content.title,
    content.descriptionHtml,
    content.brand ?? null,
    content.categoryPath,
    content.status,
    content.seoTitle ?? null,
    content.seoDescription ?? null,
    content.attributes.map(({ code, value }) => [code, value]),
    content.optionNames,
    content.variants.map((variant) => [
      variant.optionValues,
      variant.sku ?? null,
      variant.barcode ?? null,
      variant.weightGrams,
      variant.imageUrl ?? null,
      variant.currency,
      variant.priceMinor,
      variant.compareAtMinor ?? null,
      variant.onHand,
      variant.isStockTracked,
      variant.stockPolicy,
    ]),
    content.images.map(({ url, alt }) => [url, alt]),
  ];
  const contentHash = createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
  return { ...content, contentHash };
}
