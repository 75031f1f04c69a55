import { Injectable } from '@nestjs/common';
import { sql, SqlReader, type ReadOptions } from '#libs/database';
import { selectionConditions, type FilterPart, type Selection } from './product-selection.js';

/** How many products of the selection have a value. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

export interface AttributeCounts {
  readonly code: string;
  readonly values: readonly ValueCount[];
}

export interface PriceSpan {
  readonly minMinor: number;
  readonly maxMinor: number;
}

const FROM = sql`product_listing_price l JOIN product p ON p.id = l.product_id`;
const MAX_BRANDS = 100;
const MAX_ATTRIBUTE_VALUES = 1_000;

/** Counts over a selection. Every facet leaves its own part of the filter out. */
@Injectable()
export class ProductFacetsRepository {
  constructor(private readonly database: SqlReader) {}

  async total(selection: Selection, options: ReadOptions): Promise<number> {
    const rows = await this.database.query<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM ${FROM} WHERE ${selectionConditions(selection)}`,
      options,
    );
    return rows[0]?.n ?? 0;
  }

  /** Most frequent first, at most a hundred. */
  brands(selection: Selection, options: ReadOptions): Promise<ValueCount[]> {
    return this.database.query<{ value: string; count: number }>(
      sql`SELECT p.brand AS value, COUNT(*) AS count FROM ${FROM} WHERE ${selectionConditions(selection, 'brand')} AND p.brand IS NOT NULL GROUP BY p.brand ORDER BY COUNT(*) DESC, p.brand ${sql.limit(MAX_BRANDS)}`,
      options,
    );
  }

  /** Products directly in each category, by category id. */
  async categories(selection: Selection, options: ReadOptions): Promise<Map<string, number>> {
    const rows = await this.database.query<{ id: string; n: number }>(
      sql`SELECT p.category_id AS id, COUNT(*) AS n FROM ${FROM} WHERE ${selectionConditions(selection, 'category')} AND p.category_id IS NOT NULL GROUP BY p.category_id`,
      options,
    );
    return new Map(rows.map(({ id, n }) => [id, n]));
  }

  async attributes(selection: Selection, options: ReadOptions): Promise<AttributeCounts[]> {
    const chosen = Object.keys(selection.filter.attributes);
    const others = await this.attributeValues({ selection, exceptCodes: chosen }, options);
    const own: (AttributeRow[] | undefined)[] = [];
    for (const code of chosen) {
      own.push(
        await this.attributeValues(
          { selection, without: `attribute:${code}`, onlyCode: code },
          options,
        ),
      );
    }
    const counts = new Map<string, ValueCount[]>();
    for (const { code, value, count } of [...others, ...own.flatMap((rows) => rows ?? [])]) {
      const values = counts.get(code);
      if (values === undefined) counts.set(code, [{ value, count }]);
      else values.push({ value, count });
    }
    return [...counts]
      .map(([code, values]) => ({ code, values }))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  async prices(selection: Selection, options: ReadOptions): Promise<PriceSpan | undefined> {
    const rows = await this.database.query<{ min_minor: number | null; max_minor: number | null }>(
      sql`SELECT MIN(l.min_minor) AS min_minor, MAX(l.max_minor) AS max_minor FROM ${FROM} WHERE ${selectionConditions(selection, 'price')}`,
      options,
    );
    const row = rows[0];
    if (row === undefined || row.min_minor === null || row.max_minor === null) return undefined;
    return { minMinor: row.min_minor, maxMinor: row.max_minor };
  }

  /** Counts of one code, or of all codes but those named. */
  private attributeValues(
    { selection, without, exceptCodes = [], onlyCode }: CountedAttributes,
    options: ReadOptions,
  ): Promise<AttributeRow[]> {
    const only = onlyCode === undefined ? sql.empty : sql` AND f.code = ${onlyCode}`;
    const except =
      exceptCodes.length === 0 ? sql.empty : sql` AND f.code NOT IN ${sql.in(exceptCodes)}`;
    return this.database.query<AttributeRow>(
      sql`SELECT f.code, f.attribute_value AS value, COUNT(*) AS count FROM ${FROM} JOIN product_attribute f ON f.product_id = p.id WHERE ${selectionConditions(selection, without)}${only}${except} GROUP BY f.code, f.attribute_value ORDER BY COUNT(*) DESC, f.code, f.attribute_value ${sql.limit(MAX_ATTRIBUTE_VALUES)}`,
      options,
    );
  }
}

interface CountedAttributes {
  readonly selection: Selection;
  readonly without?: FilterPart;
  readonly exceptCodes?: readonly string[];
  readonly onlyCode?: string;
}

interface AttributeRow {
  readonly code: string;
  readonly value: string;
  readonly count: number;
}
