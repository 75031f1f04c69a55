import type { ProductStock, StoredStock, VariantStock } from '#libs/inventory';
import type { ProductPrices, StoredPrice, VariantPrice } from '#libs/pricing';
import type { Product, ProductContent, ProductVariant } from './product.js';

/** What staff and sources state of a product: what it is, what it costs, whether it can be had. */
export interface StatedContent extends Omit<ProductContent, 'variants'> {
  readonly variants: readonly StatedVariant[];
}

export interface StatedVariant extends ProductVariant {
  /** At most one per currency. */
  readonly prices: readonly VariantPrice[];
  readonly stock: VariantStock;
}

/** A variant with what it costs and whether it can be had. */
export interface SheetVariant extends ProductVariant {
  /** At most one per currency, by currency. */
  readonly prices: readonly StoredPrice[];
  readonly stock: StoredStock;
}

/** A product as the back office looks at it: composed of the catalog, pricing and inventory. */
export interface ProductSheet extends Product {
  readonly variants: readonly SheetVariant[];
}

export function pricesOf(sheet: ProductSheet | undefined): ProductPrices {
  return new Map(sheet?.variants.map(({ id, prices }) => [id, prices]));
}

/** What is stored: a variant without a stock item is not there. */
export function stockOf(sheet: ProductSheet | undefined): ProductStock {
  const items = sheet?.variants.filter(({ stock }) => stock.version > 0) ?? [];
  return new Map(items.map(({ id, stock }) => [id, stock]));
}
