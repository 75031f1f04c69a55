import {
  chunksOf,
  MAX_PARAMETERS,
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
} from '#libs/database';
import type { ProductAttribute, ProductImage, ProductText, ProductVariant } from './product.js';
import type { ProductAttributeEntity } from './product-attribute.entity.js';
import type { ProductImageEntity } from './product-image.entity.js';
import type { ProductOptionEntity } from './product-option.entity.js';
import type { ProductTranslationEntity } from './product-translation.entity.js';
import type { ProductVariantEntity } from './product-variant.entity.js';

/** What a product consists of beside its head row. */
export interface ProductParts {
  readonly texts: Record<string, ProductText>;
  readonly options: string[];
  readonly attributes: ProductAttribute[];
  readonly images: ProductImage[];
  readonly variants: ProductVariant[];
}

type TranslationRow = RowOf<ProductTranslationEntity>;

type AttributeRow = RowOf<ProductAttributeEntity, 'product_id' | 'code' | 'attribute_value'>;
type OptionRow = RowOf<ProductOptionEntity, 'product_id' | 'name'>;
type ImageRow = RowOf<ProductImageEntity, 'product_id' | 'url' | 'alt'>;
type VariantRow = RowOf<
  ProductVariantEntity,
  | 'product_id'
  | 'id'
  | 'sku'
  | 'option1'
  | 'option2'
  | 'option3'
  | 'barcode'
  | 'weight_grams'
  | 'image_url'
>;

/**
 * Loads the parts of many products with a fixed number of statements, asked for together: reads that come in one step
 * make one trip to a thread, and each trip may wait for a processor. The ids must come from head
 * rows that were read under the caller's scope.
 */
export async function loadProductParts(
  queries: SqlQueries,
  productIds: readonly string[],
): Promise<Map<string, ProductParts>> {
  const parts = new Map<string, ProductParts>();
  for (const id of productIds) {
    parts.set(id, { texts: {}, options: [], attributes: [], images: [], variants: [] });
  }
  for (const ids of chunksOf([...parts.keys()], MAX_PARAMETERS)) {
    const list = sql.in(ids);
    await Promise.all([
      loadTexts(queries, list, parts),
      loadAttributes(queries, list, parts),
      loadVariants(queries, list, parts),
      loadOptions(queries, list, parts),
      loadImages(queries, list, parts),
    ]);
  }
  return parts;
}

async function loadTexts(
  queries: SqlQueries,
  list: SqlStatement,
  parts: ReadonlyMap<string, ProductParts>,
): Promise<void> {
  const translations = await queries.query<TranslationRow>(
    sql`SELECT product_id, locale, name, description_html, seo_title, seo_description
        FROM product_translation
        WHERE product_id IN ${list}
        ORDER BY product_id, locale`,
  );
  for (const row of translations) {
    const texts = parts.get(row.product_id)?.texts;
    if (texts === undefined) continue;
    texts[row.locale] = {
      name: row.name,
      descriptionHtml: row.description_html,
      seoTitle: row.seo_title,
      seoDescription: row.seo_description,
    };
  }
}

async function loadAttributes(
  queries: SqlQueries,
  list: SqlStatement,
  parts: ReadonlyMap<string, ProductParts>,
): Promise<void> {
  const attributes = await queries.query<AttributeRow>(
    sql`SELECT product_id, code, attribute_value
        FROM product_attribute
        WHERE product_id IN ${list}
        ORDER BY product_id, code, attribute_value`,
  );
  for (const row of attributes) {
    parts.get(row.product_id)?.attributes.push({ code: row.code, value: row.attribute_value });
  }
}

async function loadOptions(
  queries: SqlQueries,
  list: SqlStatement,
  parts: ReadonlyMap<string, ProductParts>,
): Promise<void> {
  const options = await queries.query<OptionRow>(
    sql`SELECT product_id, name
        FROM product_option
        WHERE product_id IN ${list}
        ORDER BY product_id, sort_position`,
  );
  for (const row of options) parts.get(row.product_id)?.options.push(row.name);
}

async function loadImages(
  queries: SqlQueries,
  list: SqlStatement,
  parts: ReadonlyMap<string, ProductParts>,
): Promise<void> {
  const images = await queries.query<ImageRow>(
    sql`SELECT product_id, url, alt
        FROM product_image
        WHERE product_id IN ${list}
        ORDER BY product_id, sort_position`,
  );
  for (const row of images) {
    parts.get(row.product_id)?.images.push({ url: row.url, alt: row.alt });
  }
}

async function loadVariants(
  queries: SqlQueries,
  list: SqlStatement,
  parts: ReadonlyMap<string, ProductParts>,
): Promise<void> {
  const variants = await queries.query<VariantRow>(
    sql`SELECT id, product_id, sku, option1, option2, option3, barcode, weight_grams, image_url
        FROM product_variant
        WHERE product_id IN ${list}
        ORDER BY product_id, sort_position, id`,
  );
  for (const row of variants) {
    const owner = parts.get(row.product_id);
    if (owner === undefined) continue;
    owner.variants.push({
      id: row.id,
      sku: row.sku,
      optionValues: [row.option1, row.option2, row.option3].filter((value) => value !== null),
      barcode: row.barcode,
      weightGrams: row.weight_grams,
      imageUrl: row.image_url,
    });
  }
}
