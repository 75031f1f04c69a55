import { sql, type SqlStatement } from '#libs/database';
import type { ProductFilter } from './product-query.js';

/** A selection of listed products of one store, ready to be put into statements. */
export interface Selection {
  readonly storeId: string;
  readonly currency: string;
  /** The category and its subcategories; undefined selects regardless of category. */
  readonly categoryIds: readonly string[] | undefined;
  readonly filter: ProductFilter;
  /** On `p`, from the words that are searched for. */
  readonly search: readonly SqlStatement[];
}

/** A part of the filter that a facet leaves out, so that it shows the alternatives to itself. */
export type FilterPart = 'category' | 'brand' | 'price' | `attribute:${string}`;

/**
 * Conditions on `p` (product) and `l` (its listing price in the selection's currency). That a
 * product has a listing price says that it is active.
 */
export function selectionConditions(selection: Selection, without?: FilterPart): SqlStatement {
  const { storeId, currency, filter } = selection;
  const conditions = [
    sql`p.store_id = ${storeId}`,
    sql`l.store_id = ${storeId}`,
    sql`l.currency = ${currency}`,
  ];
  if (selection.categoryIds !== undefined && without !== 'category') {
    conditions.push(sql`p.category_id IN ${sql.in(selection.categoryIds)}`);
  }
  if (filter.brands.length > 0 && without !== 'brand') {
    conditions.push(sql`p.brand IN ${sql.in(filter.brands)}`);
  }
  for (const [code, values] of Object.entries(filter.attributes)) {
    if (without === `attribute:${code}`) continue;
    conditions.push(
      sql`EXISTS (SELECT 1 FROM product_attribute a WHERE a.product_id = p.id AND a.code = ${code} AND a.attribute_value IN ${sql.in(values)})`,
    );
  }
  if (without !== 'price') {
    if (filter.minPriceMinor !== undefined) {
      conditions.push(sql`l.max_minor >= ${filter.minPriceMinor}`);
    }
    if (filter.maxPriceMinor !== undefined) {
      conditions.push(sql`l.min_minor <= ${filter.maxPriceMinor}`);
    }
  }
  return sql.join([...conditions, ...selection.search], ' AND ');
}
