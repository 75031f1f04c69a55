import type { VariantStock } from '#libs/inventory';
import type { VariantPrice } from '#libs/pricing';
import type { ProductAttribute, ProductImage, ProductStatus, ProductText } from './product.js';

/** A variant without identity: it is recognised by its SKU, else by its option values. */
export interface VariantDraft {
  readonly sku: string | null;
  readonly optionValues: readonly string[];
  readonly barcode: string | null;
  readonly weightGrams: number | null;
  /** One of the product's images: the one that shows this variant. */
  readonly imageUrl: string | null;
  readonly prices: readonly VariantPrice[];
  readonly stock: VariantStock;
}

/** A product as a source outside describes it (an import file, the demo shop); states all of it. */
export interface ProductDraft {
  /** Recognises the product within its store, whatever becomes of its slug. */
  readonly sourceKey: string;
  /** Up to 64 characters, equal if and only if the rest is: an equal draft is not written again. */
  readonly sourceHash: string;
  /** What a new product is known by; generated when absent. */
  readonly id?: string;
  /** Kept, or made from the name, when absent. */
  readonly slug?: string;
  /** What a new product is called in addresses, unless another has that slug. */
  readonly preferredSlug?: string;
  readonly status: ProductStatus;
  readonly brand: string | null;
  /** A category of the same store; wins over `categoryPath`. */
  readonly categoryId?: string;
  /** Names in the store's default language, from the root down; missing categories are created. */
  readonly categoryPath?: readonly string[];
  readonly texts: Readonly<Record<string, ProductText>>;
  readonly options: readonly string[];
  readonly attributes: readonly ProductAttribute[];
  readonly images: readonly ProductImage[];
  readonly variants: readonly VariantDraft[];
}
