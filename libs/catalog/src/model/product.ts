export const productStatuses = ['draft', 'active', 'archived'] as const;
/** Only active products are visible in the storefront. */
export type ProductStatus = (typeof productStatuses)[number];

export interface ProductText {
  readonly name: string;
  /** A fragment that is safe to embed. */
  readonly descriptionHtml: string;
  readonly seoTitle: string | null;
  readonly seoDescription: string | null;
}

/** A fact that lists can be filtered by; a code may have several values. */
export interface ProductAttribute {
  readonly code: string;
  readonly value: string;
}

export interface ProductImage {
  /** http(s), or a path of this site. */
  readonly url: string;
  readonly alt: string | null;
}

export interface ProductVariant {
  /** Stable for the life of the variant: carts and orders refer to it. */
  readonly id: string;
  /** Unique in the store. */
  readonly sku: string | null;
  /** One value for each of the product's options. */
  readonly optionValues: readonly string[];
  readonly barcode: string | null;
  readonly weightGrams: number | null;
  /** One of the product's images: the one that shows this variant. */
  readonly imageUrl: string | null;
}

export interface ProductContent {
  /** Unique in the store. */
  readonly slug: string;
  readonly status: ProductStatus;
  readonly brand: string | null;
  readonly categoryId: string | null;
  /** By locale; the store's default locale is always there. */
  readonly texts: Readonly<Record<string, ProductText>>;
  /** Names of what the variants differ in, up to three. */
  readonly options: readonly string[];
  readonly attributes: readonly ProductAttribute[];
  readonly images: readonly ProductImage[];
  /** At least one. */
  readonly variants: readonly ProductVariant[];
}

/** What a product is; what it costs and whether it can be had is known elsewhere. */
export interface Product extends ProductContent {
  readonly id: string;
  readonly storeId: string;
  /** What an import recognises the product by. */
  readonly sourceKey: string | null;
  readonly sourceHash: string | null;
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
}
