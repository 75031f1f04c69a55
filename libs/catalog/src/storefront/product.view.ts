import type { Money } from '#libs/kernel';
import type { Breadcrumb } from './category-tree.js';
import { isAvailable, type ProductContent, type ProductVariant } from '../model/product.js';

export interface PriceRange {
  readonly min: Money;
  readonly max: Money;
}

export type Availability = 'in-stock' | 'backorder' | 'out-of-stock';

export interface VariantView {
  readonly id: string;
  readonly sku: string | null;
  readonly optionValues: readonly string[];
  readonly barcode: string | null;
  readonly weightGrams: number | null;
  /** One of the product's images: the one that shows this variant. */
  readonly imageUrl: string | null;
  /** null: not sold in the currency that was asked for. */
  readonly price: Money | null;
  readonly compareAtPrice: Money | null;
  readonly availability: Availability;
}

/** What the page of a product shows, in one language and one currency. */
export interface ProductView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly descriptionHtml: string;
  readonly brand: string | null;
  readonly seoTitle: string | null;
  readonly seoDescription: string | null;
  /** From the root category down; empty without a category. */
  readonly breadcrumbs: readonly Breadcrumb[];
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly attributes: readonly { readonly code: string; readonly values: readonly string[] }[];
  readonly images: readonly { readonly url: string; readonly alt: string | null }[];
  readonly variants: readonly VariantView[];
  readonly price: PriceRange | null;
  readonly isAvailable: boolean;
  /** ISO 8601 */
  readonly updatedAt: string;
}

/** What a list shows of a product. */
export interface ProductCard {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly brand: string | null;
  readonly image: { readonly url: string; readonly alt: string | null } | null;
  readonly price: PriceRange | null;
  readonly isAvailable: boolean;
}

export interface ProductViewSource extends Omit<ProductContent, 'status'> {
  readonly id: string;
  readonly updatedAt: number;
}

export interface ViewFocus {
  readonly locale: string;
  readonly fallbackLocale: string;
  readonly currency: string;
}

function availabilityOf({ stock }: ProductVariant): Availability {
  if (!stock.isTracked || stock.onHand > 0) return 'in-stock';
  return stock.allowsBackorder ? 'backorder' : 'out-of-stock';
}

function variantView(variant: ProductVariant, currency: string): VariantView {
  const { id, sku, optionValues, barcode, weightGrams, imageUrl, prices } = variant;
  const price = prices.find((each) => each.currency === currency);
  const reduced = price?.compareAtMinor ?? null;
  // A price to compare with that is not above the price says nothing.
  const compareAt = reduced !== null && reduced > (price?.amountMinor ?? 0) ? reduced : null;
  return {
    id,
    sku,
    optionValues,
    barcode,
    weightGrams,
    imageUrl,
    price: price === undefined ? null : { amount: price.amountMinor, currency },
    compareAtPrice: compareAt === null ? null : { amount: compareAt, currency },
    availability: availabilityOf(variant),
  };
}

export function priceRange(
  minMinor: number | null,
  maxMinor: number | null,
  currency: string,
): PriceRange | null {
  if (minMinor === null || maxMinor === null) return null;
  return { min: { amount: minMinor, currency }, max: { amount: maxMinor, currency } };
}

export function productView(
  source: ProductViewSource,
  { locale, fallbackLocale, currency }: ViewFocus,
  breadcrumbs: readonly Breadcrumb[],
): ProductView {
  const text = source.texts[locale] ?? source.texts[fallbackLocale];
  const variants = source.variants.map((variant) => variantView(variant, currency));
  const amounts = variants.flatMap(({ price }) => (price === null ? [] : [price.amount]));
  const attributes = new Map<string, string[]>();
  for (const { code, value } of source.attributes) {
    attributes.set(code, [...(attributes.get(code) ?? []), value]);
  }
  return {
    id: source.id,
    slug: source.slug,
    name: text?.name ?? source.slug,
    descriptionHtml: text?.descriptionHtml ?? '',
    brand: source.brand,
    seoTitle: text?.seoTitle ?? null,
    seoDescription: text?.seoDescription ?? null,
    breadcrumbs,
    options: source.options.map((name, index) => ({
      name,
      values: [...new Set(source.variants.flatMap((each) => each.optionValues[index] ?? []))],
    })),
    attributes: [...attributes].map(([code, values]) => ({ code, values })),
    images: source.images,
    variants,
    price:
      amounts.length === 0
        ? null
        : priceRange(Math.min(...amounts), Math.max(...amounts), currency),
    isAvailable: source.variants.some(({ stock }) => isAvailable(stock)),
    updatedAt: new Date(source.updatedAt).toISOString(),
  };
}
