import { Injectable } from '@nestjs/common';
import {
  heldRows,
  insertRows,
  type OuterRowOf,
  type Renamed,
  type RowOf,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import {
  SelectedProducts,
  type HeldProducts,
  type PriceSpan,
  type ProductRange,
  type ProductSelection,
  type SelectedProduct,
  type SelectionSurvey,
} from '#libs/pricing';
import { catalogErrors } from '../../model/catalog.errors.js';
import { catalogTags } from '../../model/catalog.tags.js';
import type { CategoryEntity } from '../../model/category.entity.js';
import type { ProductEntity } from '../../model/product.entity.js';
import type { ProductVariantEntity } from '../../model/product-variant.entity.js';

/** One row for each category that the product is in, from its own one up; one row for none. */
type HeldRow = RowOf<ProductEntity, 'id' | 'status'> &
  Renamed<OuterRowOf<CategoryEntity, 'id'>, { category_id: 'id' }>;

const recursive = sql.byDialect({ sqlite: sql`RECURSIVE `, mssql: sql.empty });

/**
 * Before a column that must not lead SQLite to an index: pages come in the order of ids, and any other way
 * reads and sorts all that is selected for each of them.
 */
const unindexed = sql.byDialect({ sqlite: sql`+`, mssql: sql.empty });

/** What pricing needs of many products at once, with a number of statements that does not grow with them. */
@Injectable()
export class SelectedProductRepository extends SelectedProducts {
  override async survey(
    queries: SqlQueries,
    storeId: string,
    selection: ProductSelection,
  ): Promise<SelectionSurvey> {
    await refuseUnknown(queries, storeId, selection);
    const rows = await queries.query<{ products: number; last_id: string | null }>(
      sql`${categoriesBelow(storeId, selection)}
          SELECT COUNT(*) AS products, MAX(p.id) AS last_id
          FROM product p
          WHERE ${isSelected(storeId, selection)}`,
    );
    return { products: rows[0]?.products ?? 0, lastProductId: rows[0]?.last_id ?? undefined };
  }

  override async list(
    queries: SqlQueries,
    storeId: string,
    selection: ProductSelection,
    { after, upTo }: ProductRange,
    limit: number,
  ): Promise<SelectedProduct[]> {
    const products = await queries.query<RowOf<ProductEntity, 'id'>>(
      sql`${categoriesBelow(storeId, selection)}
          SELECT p.id
          FROM product p
          WHERE ${isSelected(storeId, selection, unindexed)}
            AND p.id > ${after} AND p.id <= ${upTo}
          ORDER BY p.id
          ${sql.limit(limit)}`,
    );
    const { skus } = selection;
    if (skus === undefined) {
      return products.map(({ id }) => ({ productId: id, variantIds: undefined }));
    }
    const variants = await variantsWith(queries, storeId, skus);
    return products.map(({ id }) => ({
      productId: id,
      variantIds: new Set(variants.flatMap((each) => (each.product_id === id ? [each.id] : []))),
    }));
  }

  override async hold(
    tx: Transaction,
    { id: storeId, code }: { readonly id: string; readonly code: string },
    productIds: readonly string[],
  ): Promise<HeldProducts> {
    const rows = await tx.query<HeldRow>(
      sql`WITH ${recursive}above (product_id, id, parent_id) AS (
            SELECT q.id, c.id, c.parent_id
            FROM product q
            JOIN category c ON c.id = q.category_id
            WHERE q.id IN ${sql.in(productIds)}
            UNION ALL
            SELECT a.product_id, c.id, c.parent_id
            FROM above a
            JOIN category c ON c.id = a.parent_id
          )
          SELECT p.id, p.status, a.id AS category_id
          FROM product p${heldRows(tx)}
          LEFT JOIN above a ON a.product_id = p.id
          WHERE p.store_id = ${storeId} AND p.id IN ${sql.in(productIds)}
          ORDER BY p.id`,
    );
    return {
      respan: async (currency, spans) => {
        const listed = rows.filter(({ id, status }) => status === 'active' && spans.has(id));
        if (listed.length === 0) return;
        await writeSpans(tx, { storeId, currency }, spansOf(listed, spans));
        tx.invalidate(
          catalogTags.storeProducts(code),
          ...listed.flatMap(({ category_id: id }) => id ?? []).map(catalogTags.categoryProducts),
        );
      },
    };
  }
}

function spansOf(
  rows: readonly HeldRow[],
  spans: ReadonlyMap<string, PriceSpan>,
): ReadonlyMap<string, PriceSpan> {
  return new Map(
    rows.flatMap(({ id }): [string, PriceSpan][] => {
      const span = spans.get(id);
      return span === undefined ? [] : [[id, span]];
    }),
  );
}

/** The rows that lists of a currency are sorted and filtered by. */
async function writeSpans(
  tx: Transaction,
  { storeId, currency }: { readonly storeId: string; readonly currency: string },
  spans: ReadonlyMap<string, PriceSpan>,
): Promise<void> {
  await tx.execute(
    sql`DELETE FROM product_listing_price
        WHERE currency = ${currency} AND product_id IN ${sql.in([...spans.keys()])}`,
  );
  await insertRows(
    tx,
    'product_listing_price',
    [...spans].map(([productId, { minMinor, maxMinor }]) => ({
      product_id: productId,
      currency,
      store_id: storeId,
      min_minor: minMinor,
      max_minor: maxMinor,
    })),
  );
}

/** Stands before a statement that `isSelected` is part of. */
function categoriesBelow(storeId: string, { categoryId }: ProductSelection): SqlStatement {
  if (categoryId === undefined) return sql.empty;
  return sql`WITH ${recursive}below (id) AS (
      SELECT c.id
      FROM category c
      WHERE c.id = ${categoryId} AND c.store_id = ${storeId}
      UNION ALL
      SELECT c.id
      FROM below b
      JOIN category c ON c.parent_id = b.id
    )`;
}

function isSelected(
  storeId: string,
  selection: ProductSelection,
  prefix: SqlStatement = sql.empty,
): SqlStatement {
  const { categoryId, brand, attribute, productIds, skus } = selection;
  const conditions = [sql`${prefix}p.store_id = ${storeId}`];
  if (categoryId !== undefined) {
    conditions.push(sql`${prefix}p.category_id IN (SELECT id FROM below)`);
  }
  if (brand !== undefined) conditions.push(sql`${prefix}p.brand = ${brand}`);
  if (attribute !== undefined) {
    conditions.push(sql`EXISTS (
      SELECT 1
      FROM product_attribute a
      WHERE a.product_id = p.id AND a.code = ${attribute.code}
        AND a.attribute_value = ${attribute.value}
    )`);
  }
  if (productIds !== undefined) conditions.push(sql`p.id IN ${sql.in(productIds)}`);
  if (skus !== undefined) {
    conditions.push(sql`p.id IN (
      SELECT v.product_id
      FROM product_variant v
      WHERE v.store_id = ${storeId} AND v.sku IN ${sql.in(skus)}
    )`);
  }
  return sql.join(conditions, ' AND ');
}

function variantsWith(
  queries: SqlQueries,
  storeId: string,
  skus: readonly string[],
): Promise<RowOf<ProductVariantEntity, 'id' | 'product_id' | 'sku'>[]> {
  return queries.query(
    sql`SELECT id, product_id, sku
        FROM product_variant
        WHERE store_id = ${storeId} AND sku IN ${sql.in(skus)}
        ORDER BY id`,
  );
}

async function refuseUnknown(
  queries: SqlQueries,
  storeId: string,
  { categoryId, productIds = [], skus = [] }: ProductSelection,
): Promise<void> {
  if (categoryId !== undefined) {
    const known = await queries.query<RowOf<CategoryEntity, 'id'>>(
      sql`
        SELECT id
        FROM category
        WHERE id = ${categoryId} AND store_id = ${storeId}`,
    );
    if (known.length === 0) {
      throw catalogErrors.categoryNotFound({ details: { category: categoryId } });
    }
  }
  if (productIds.length > 0) {
    const rows = await queries.query<RowOf<ProductEntity, 'id'>>(
      sql`SELECT id
          FROM product
          WHERE store_id = ${storeId} AND id IN ${sql.in(productIds)}
          ORDER BY id`,
    );
    const products = without(productIds, new Set(rows.map(({ id }) => id)));
    if (products.length > 0) throw catalogErrors.productNotFound({ details: { products } });
  }
  if (skus.length > 0) {
    const rows = await variantsWith(queries, storeId, skus);
    const unknown = without(skus, new Set(rows.flatMap(({ sku }) => sku ?? [])));
    if (unknown.length > 0) throw catalogErrors.variantNotFound({ details: { skus: unknown } });
  }
}

function without(named: readonly string[], known: ReadonlySet<string>): string[] {
  return named.filter((each) => !known.has(each));
}
