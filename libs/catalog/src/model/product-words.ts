import { chunksOf, MAX_PARAMETERS, type RowOf, sql, type SqlQueries } from '#libs/database';
import type { ProductAttribute, ProductText, ProductVariant } from './product.js';
import type { ProductAttributeEntity } from './product-attribute.entity.js';
import type { ProductTranslationEntity } from './product-translation.entity.js';
import type { ProductVariantEntity } from './product-variant.entity.js';

/** What a product is found by. */
export interface ProductWords {
  /** By locale. */
  readonly texts: Record<string, Pick<ProductText, 'name' | 'descriptionHtml' | 'seoTitle'>>;
  readonly attributes: ProductAttribute[];
  readonly variants: Pick<ProductVariant, 'sku' | 'barcode' | 'optionValues'>[];
}

type TranslationRow = RowOf<
  ProductTranslationEntity,
  'product_id' | 'locale' | 'name' | 'description_html' | 'seo_title'
>;
type AttributeRow = RowOf<ProductAttributeEntity, 'product_id' | 'code' | 'attribute_value'>;
type VariantRow = RowOf<
  ProductVariantEntity,
  'product_id' | 'sku' | 'option1' | 'option2' | 'option3' | 'barcode'
>;

/**
 * Loads the words of many products with three statements, which read nothing else: a start reads those of all
 * products. They are asked for together, so that a few products make one trip to a thread of reads. The ids must come from head rows that were read under the caller's scope.
 */
export async function loadProductWords(
  queries: SqlQueries,
  productIds: readonly string[],
): Promise<ReadonlyMap<string, ProductWords>> {
  const words = new Map<string, ProductWords>();
  for (const id of productIds) words.set(id, { texts: {}, attributes: [], variants: [] });
  for (const ids of chunksOf([...words.keys()], MAX_PARAMETERS)) {
    await Promise.all(
      [loadTexts, loadAttributes, loadVariants].map((load) => load(queries, ids, words)),
    );
  }
  return words;
}

async function loadTexts(
  queries: SqlQueries,
  ids: readonly string[],
  words: ReadonlyMap<string, ProductWords>,
): Promise<void> {
  const rows = await queries.query<TranslationRow>(
    sql`SELECT product_id, locale, name, description_html, seo_title
        FROM product_translation
        WHERE product_id IN ${sql.in(ids)}
        ORDER BY product_id, locale`,
  );
  for (const { product_id, locale, name, description_html, seo_title } of rows) {
    const texts = words.get(product_id)?.texts;
    if (texts === undefined) continue;
    texts[locale] = { name, descriptionHtml: description_html, seoTitle: seo_title };
  }
}

async function loadAttributes(
  queries: SqlQueries,
  ids: readonly string[],
  words: ReadonlyMap<string, ProductWords>,
): Promise<void> {
  const rows = await queries.query<AttributeRow>(
    sql`SELECT product_id, code, attribute_value
        FROM product_attribute
        WHERE product_id IN ${sql.in(ids)}
        ORDER BY product_id, code, attribute_value`,
  );
  for (const row of rows) {
    words.get(row.product_id)?.attributes.push({ code: row.code, value: row.attribute_value });
  }
}

async function loadVariants(
  queries: SqlQueries,
  ids: readonly string[],
  words: ReadonlyMap<string, ProductWords>,
): Promise<void> {
  const rows = await queries.query<VariantRow>(
    sql`SELECT product_id, sku, option1, option2, option3, barcode
        FROM product_variant
        WHERE product_id IN ${sql.in(ids)}
        ORDER BY product_id, sort_position, id`,
  );
  for (const { product_id, sku, option1, option2, option3, barcode } of rows) {
    const optionValues: string[] = [];
    if (option1 !== null) optionValues.push(option1);
    if (option2 !== null) optionValues.push(option2);
    if (option3 !== null) optionValues.push(option3);
    words.get(product_id)?.variants.push({ sku, barcode, optionValues });
  }
}
