import { Injectable } from '@nestjs/common';
import { sql, SqlReader, type ReadOptions, type SqlStatement } from '#libs/database';
import type { PagePosition, ProductSort } from './product-query.js';
import { selectionConditions, type Selection } from './product-selection.js';

export interface PageRequest {
  readonly selection: Selection;
  readonly locale: string;
  readonly sort: ProductSort;
  readonly limit: number;
  readonly after: PagePosition | undefined;
}

export interface ProductPage {
  readonly ids: readonly string[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: PagePosition | undefined;
}

interface PageRow {
  readonly id: string;
  readonly sort_value: string | number;
}

interface SortPlan {
  /** The table whose index has the order comes first. */
  readonly from: SqlStatement;
  readonly value: SqlStatement;
  readonly id: SqlStatement;
  readonly isDescending: boolean;
}

function planOf(sort: ProductSort, { storeId }: Selection, locale: string): SortPlan {
  switch (sort) {
    case 'name':
    case '-name':
      return {
        from: sql`product_listing_name n JOIN product p ON p.id = n.product_id AND n.store_id = ${storeId} AND n.locale = ${locale} JOIN product_listing_price l ON l.product_id = n.product_id`,
        value: sql`n.sort_name`,
        id: sql`n.product_id`,
        isDescending: sort === '-name',
      };
    case 'price':
    case '-price':
      return {
        from: sql`product_listing_price l JOIN product p ON p.id = l.product_id`,
        value: sql`l.min_minor`,
        id: sql`l.product_id`,
        isDescending: sort === '-price',
      };
    case 'newest':
      return {
        from: sql`product p JOIN product_listing_price l ON l.product_id = p.id`,
        value: sql`p.created_at`,
        id: sql`p.id`,
        isDescending: true,
      };
  }
}

/** Pages of the ids of listed products, by keyset: rows that come and go never shift a page. */
@Injectable()
export class ProductPageRepository {
  constructor(private readonly database: SqlReader) {}

  async page(
    { selection, locale, sort, limit, after }: PageRequest,
    options: ReadOptions,
  ): Promise<ProductPage> {
    const { from, value, id, isDescending } = planOf(sort, selection, locale);
    const direction = isDescending ? sql`DESC` : sql`ASC`;
    const beyond =
      after === undefined ? sql.empty : sql` AND ${keyset(value, id, isDescending, after)}`;
    const rows = await this.database.query<PageRow>(
      sql`SELECT ${id} AS id, ${value} AS sort_value FROM ${from} WHERE ${selectionConditions(selection)}${beyond} ORDER BY ${value} ${direction}, ${id} ${direction} ${sql.limit(limit + 1)}`,
      options,
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      ids: shown.map((row) => row.id),
      next: last === undefined ? undefined : { sort, value: last.sort_value, id: last.id },
    };
  }
}

/** Rows behind a position. The first comparison alone bounds the range of the index. */
function keyset(
  value: SqlStatement,
  id: SqlStatement,
  isDescending: boolean,
  after: PagePosition,
): SqlStatement {
  return isDescending
    ? sql`${value} <= ${after.value} AND (${value} < ${after.value} OR ${id} < ${after.id})`
    : sql`${value} >= ${after.value} AND (${value} > ${after.value} OR ${id} > ${after.id})`;
}
