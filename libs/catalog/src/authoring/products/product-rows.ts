import type { Row } from '#libs/database';
import { listingOf } from '../listing/product-listing.js';
import type { ProductSheet } from '../../model/product-sheet.js';
import type { ProductVariant } from '../../model/product.js';

/** The tables whose rows belong to one product or variant, and the column that says to which. */
export const productTables = {
  product_translation: 'product_id',
  product_option: 'product_id',
  product_attribute: 'product_id',
  product_image: 'product_id',
  product_listing_price: 'product_id',
  product_term: 'product_id',
} as const;

export type ProductTable = keyof typeof productTables;

export type ProductRows = Readonly<Record<ProductTable, readonly Row[]>> & {
  readonly product_variant: readonly VariantRow[];
};

export interface VariantRow extends Row {
  readonly id: string;
  readonly sku: string | null;
}

export const noRows: ProductRows = {
  product_variant: [],
  product_translation: [],
  product_option: [],
  product_attribute: [],
  product_image: [],
  product_listing_price: [],
  product_term: [],
};

function variantRow(product: ProductSheet, variant: ProductVariant, position: number): VariantRow {
  const [option1 = null, option2 = null, option3 = null] = variant.optionValues;
  return {
    id: variant.id,
    product_id: product.id,
    store_id: product.storeId,
    sku: variant.sku,
    sort_position: position,
    option1,
    option2,
    option3,
    barcode: variant.barcode,
    weight_grams: variant.weightGrams,
    image_url: variant.imageUrl,
  };
}

/**
 * Everything a product consists of beside its head row, as rows in a fixed order; of its prices only
 * what lists are read from.
 */
export function productRows(product: ProductSheet): ProductRows {
  const { id, storeId, variants } = product;
  const listing = listingOf(product);
  const byLocale = Object.entries(product.texts).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    product_variant: variants.map((variant, position) => variantRow(product, variant, position)),
    product_translation: byLocale.map(([locale, text]) => ({
      product_id: id,
      locale,
      name: text.name,
      description_html: text.descriptionHtml,
      seo_title: text.seoTitle,
      seo_description: text.seoDescription,
    })),
    product_option: product.options.map((name, position) => ({
      product_id: id,
      sort_position: position,
      name,
    })),
    product_attribute: [...product.attributes].sort(byCodeAndValue).map(({ code, value }) => ({
      product_id: id,
      store_id: storeId,
      code,
      attribute_value: value,
    })),
    product_image: product.images.map(({ url, alt }, position) => ({
      product_id: id,
      sort_position: position,
      url,
      alt,
    })),
    product_listing_price: listing.prices.map(({ currency, minMinor, maxMinor }) => ({
      product_id: id,
      currency,
      store_id: storeId,
      min_minor: minMinor,
      max_minor: maxMinor,
    })),
    product_term: listing.terms.map((term) => ({ store_id: storeId, term, product_id: id })),
  };
}

function byCodeAndValue(
  a: { readonly code: string; readonly value: string },
  b: { readonly code: string; readonly value: string },
): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1;
  return a.value < b.value ? -1 : 1;
}
