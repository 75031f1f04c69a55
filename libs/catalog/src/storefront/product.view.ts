import type { Availability, ShownAvailability } from '#libs/inventory';
import type { Money } from '#libs/kernel';
import { spanOf, type ShownPrices } from '#libs/pricing';
import type { Breadcrumb } from './category-tree.js';
import type { ProductContent, ProductVariant } from '../model/product.js';

export interface PriceRange {
  readonly min: Money;
  readonly max: Money;
}

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

/** What the page of a product says of the product itself, in one language. */
export interface ProductTexts extends Omit<ProductView, 'variants' | 'price' | 'isAvailable'> {
  readonly storeId: string;
  readonly variants: readonly ProductVariant[];
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

/** What a list says of a product itself, in one language. */
export interface CardTexts extends Omit<ProductCard, 'price' | 'isAvailable'> {
  readonly storeId: string;
}

export interface ProductTextSource extends Omit<ProductContent, 'status'> {
  readonly id: string;
  readonly storeId: string;
  readonly updatedAt: number;
}

/** What a product costs, in the currency that a shopper looks at, and whether it can be had. */
export interface Offer {
  readonly currency: string;
  readonly prices: ShownPrices;
  readonly availability: ShownAvailability;
}

export function productTexts(
  source: ProductTextSource,
  { locale, fallbackLocale }: { readonly locale: string; readonly fallbackLocale: string },
  breadcrumbs: readonly Breadcrumb[],
): ProductTexts {
  const text = source.texts[locale] ?? source.texts[fallbackLocale];
  const attributes = new Map<string, string[]>();
  for (const { code, value } of source.attributes) {
    attributes.set(code, [...(attributes.get(code) ?? []), value]);
  }
  return {
    id: source.id,
    storeId: source.storeId,
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
    variants: source.variants,
    updatedAt: new Date(source.updatedAt).toISOString(),
  };
}

/** The page of a product: what the catalog, pricing and inventory know of it. */
export function productView(texts: ProductTexts, offer: Offer): ProductView {
  const { storeId: _, variants, updatedAt, ...rest } = texts;
  return {
    ...rest,
    variants: variants.map((variant) => variantView(variant, offer)),
    ...offerOf(
      offer,
      variants.map(({ id }) => id),
    ),
    updatedAt,
  };
}

/** The card of a product; its offer speaks of every variant. */
export function productCard({ storeId: _, ...rest }: CardTexts, offer: Offer): ProductCard {
  return { ...rest, ...offerOf(offer, Object.keys(offer.availability)) };
}

function variantView(
  variant: ProductVariant,
  { currency, prices, availability }: Offer,
): VariantView {
  const { id, sku, optionValues, barcode, weightGrams, imageUrl } = variant;
  const price = prices[id];
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
    availability: availability[id] ?? 'out-of-stock',
  };
}

function offerOf(
  { currency, prices, availability }: Offer,
  variantIds: readonly string[],
): Pick<ProductView, 'price' | 'isAvailable'> {
  const span = spanOf(Object.values(prices));
  return {
    price:
      span === undefined
        ? null
        : {
            min: { amount: span.minMinor, currency },
            max: { amount: span.maxMinor, currency },
          },
    isAvailable: variantIds.some((id) => (availability[id] ?? 'out-of-stock') !== 'out-of-stock'),
  };
}
