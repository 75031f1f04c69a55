import { Injectable } from '@nestjs/common';
import { sql, SqlReader, type ReadOptions, type SqlStatement } from '#libs/database';
import { queryWords } from './search-terms.js';

/** Greater than every term that begins with the word it is put behind. */
const LAST = '\u{10ffff}';
/** A word with at most so many terms is rare: products are found by it instead of being checked for it. */
const RARE_TERMS = 1_000;

/** A range instead of LIKE: both databases answer it from an index. */
function beginsWith(word: string): SqlStatement {
  return sql`w.term >= ${word} AND w.term < ${word + LAST}`;
}

/** Finds products by the beginnings of words. */
@Injectable()
export class ProductSearchRepository {
  constructor(private readonly database: SqlReader) {}

  /**
   * Conditions on `p` (product) for a query: every word must begin a term of the product. None
   * without a query, or for a blank one; undefined when the query has no word and so finds nothing.
   *
   * The rarest word finds its products; for the others, and when all are common, each product that
   * the rest of the statement comes across is checked.
   */
  async conditions(
    storeId: string,
    q: string | undefined,
    options: ReadOptions = {},
  ): Promise<SqlStatement[] | undefined> {
    if (q === undefined || q.trim() === '') return [];
    const words = queryWords(q);
    if (words.length === 0) return undefined;
    const rarest = await this.rarest(storeId, words, options);
    return words.map((word) =>
      word === rarest
        ? sql`p.id IN (
            SELECT w.product_id
            FROM product_term w
            WHERE w.store_id = ${storeId} AND ${beginsWith(word)})`
        : sql`EXISTS (
            SELECT 1
            FROM product_term w
            WHERE w.product_id = p.id AND ${beginsWith(word)})`,
    );
  }

  private async rarest(
    storeId: string,
    words: readonly string[],
    options: ReadOptions,
  ): Promise<string | undefined> {
    let rarest: { readonly word: string; readonly terms: number } | undefined;
    for (const word of words) {
      const rows = await this.database.query<{ terms: number }>(
        sql`
          SELECT COUNT(*) AS terms
          FROM (
            SELECT w.product_id
            FROM product_term w
            WHERE w.store_id = ${storeId} AND ${beginsWith(word)}
            ORDER BY w.term, w.product_id
            ${sql.limit(RARE_TERMS + 1)}) t`,
        options,
      );
      const terms = rows[0]?.terms ?? 0;
      if (terms <= RARE_TERMS && terms < (rarest?.terms ?? Infinity)) rarest = { word, terms };
    }
    return rarest?.word;
  }
}
