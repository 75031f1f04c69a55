import { Injectable } from '@nestjs/common';
import {
  deleteRows,
  heldRows,
  insertRows,
  sql,
  type RowOf,
  type Transaction,
} from '#libs/database';
import { newId } from '#libs/kernel';
import { missLimits, type Miss } from '../../model/misses/miss-log.js';
import type { PopularQueryEntity } from '../../model/queries/popular-query.entity.js';
import { levelOf } from '../../model/queries/popular-queries.js';
import { searchTags } from '../../model/search.tags.js';

type KnownQuery = RowOf<PopularQueryEntity, 'id' | 'locale' | 'query' | 'use_count'>;

/** Searches with a result in SQL, of each store a bounded number. */
@Injectable()
export class PopularQueryRepository {
  /**
   * One use more of each; when there are too many of a store, the rarest go. Suggestions are voided only when one of
   * them comes, goes or becomes more popular by a level.
   */
  async add(
    tx: Transaction,
    storeId: string,
    queries: readonly Miss[],
    lastAt: number,
  ): Promise<void> {
    await tx.lock(`popular-queries:${storeId}`);
    const known = await this.known(tx, storeId, queries);
    let isChanged = false;
    const added: Miss[] = [];
    for (const query of queries) {
      const row = known.get(keyOf(query));
      if (row === undefined) {
        added.push(query);
        continue;
      }
      await tx.execute(sql`
        UPDATE popular_query
        SET use_count = use_count + 1, last_at = ${lastAt}
        WHERE id = ${row.id} AND store_id = ${storeId}`);
      isChanged ||= levelOf(row.use_count) !== levelOf(row.use_count + 1);
    }
    const rows = added.map(({ locale, query }) => ({
      id: newId(),
      store_id: storeId,
      locale,
      query,
      use_count: 1,
      last_at: lastAt,
    }));
    await insertRows(tx, 'popular_query', rows);
    const isCut = added.length > 0 && (await this.removeRarest(tx, storeId));
    if (isChanged || isCut) tx.invalidate(searchTags.queries(storeId));
  }

  private async known(
    tx: Transaction,
    storeId: string,
    queries: readonly Miss[],
  ): Promise<ReadonlyMap<string, KnownQuery>> {
    const rows = await tx.query<KnownQuery>(sql`
      SELECT id, locale, query, use_count
      FROM popular_query${heldRows(tx)}
      WHERE store_id = ${storeId} AND query IN ${sql.in(queries.map(({ query }) => query))}`);
    return new Map(rows.map((row) => [keyOf(row), row]));
  }

  /** Whether one went that may have been suggested. */
  private async removeRarest(tx: Transaction, storeId: string): Promise<boolean> {
    const [row] = await tx.query<{ kept: number }>(sql`
      SELECT COUNT(*) AS kept
      FROM popular_query
      WHERE store_id = ${storeId}`);
    const tooMany = (row?.kept ?? 0) - missLimits.kept;
    if (tooMany <= 0) return false;
    const rarest = await tx.query<RowOf<PopularQueryEntity, 'id' | 'use_count'>>(sql`
      SELECT id, use_count
      FROM popular_query
      WHERE store_id = ${storeId}
      ORDER BY use_count, last_at, id
      ${sql.limit(tooMany)}`);
    await deleteRows(
      tx,
      'popular_query',
      'id',
      rarest.map(({ id }) => id),
    );
    return rarest.some(({ use_count: useCount }) => levelOf(useCount) > 0);
  }
}

function keyOf({ locale, query }: Pick<Miss, 'locale' | 'query'>): string {
  return `${locale} ${query}`;
}
