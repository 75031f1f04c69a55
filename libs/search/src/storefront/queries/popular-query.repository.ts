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
import { keyOfSearch, noteLimits, type NotedSearch } from '../../model/noting/search-notes.js';
import type { PopularQueryEntity } from '../../model/queries/popular-query.entity.js';
import { levelOf } from '../../model/queries/popular-queries.js';
import { searchTags } from '../../model/search.tags.js';

type KnownQuery = RowOf<PopularQueryEntity, 'id' | 'locale' | 'query' | 'use_count'>;

/** Searches with a result in SQL, of each store a bounded number. */
@Injectable()
export class PopularQueryRepository {
  /**
   * One use more of each; when there are too many of a store, the rarest of the others go, or what is new would never
   * come again. Suggestions are voided only when one of
   * them comes, goes or becomes more popular by a level.
   */
  async add(
    tx: Transaction,
    storeId: string,
    queries: readonly NotedSearch[],
    lastAt: number,
  ): Promise<void> {
    await tx.lock(`popular-queries:${storeId}`);
    const known = await this.known(tx, storeId, queries);
    let isChanged = false;
    const added: NotedSearch[] = [];
    for (const query of queries) {
      const row = known.get(keyOfSearch(query));
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
    const isCut = added.length > 0 && (await this.removeRarest(tx, storeId, rows));
    if (isChanged || isCut) tx.invalidate(searchTags.queries(storeId));
  }

  private async known(
    tx: Transaction,
    storeId: string,
    queries: readonly NotedSearch[],
  ): Promise<ReadonlyMap<string, KnownQuery>> {
    const rows = await tx.query<KnownQuery>(sql`
      SELECT id, locale, query, use_count
      FROM popular_query${heldRows(tx)}
      WHERE store_id = ${storeId} AND query IN ${sql.in(queries.map(({ query }) => query))}`);
    return new Map(rows.map((row) => [keyOfSearch(row), row]));
  }

  /** Whether one went that may have been suggested. */
  private async removeRarest(
    tx: Transaction,
    storeId: string,
    added: readonly { readonly id: string }[],
  ): Promise<boolean> {
    const [row] = await tx.query<{ kept: number }>(sql`
      SELECT COUNT(*) AS kept
      FROM popular_query
      WHERE store_id = ${storeId}`);
    const tooMany = (row?.kept ?? 0) - noteLimits.kept;
    if (tooMany <= 0) return false;
    const rarest = await tx.query<RowOf<PopularQueryEntity, 'id' | 'use_count'>>(sql`
      SELECT id, use_count
      FROM popular_query
      WHERE store_id = ${storeId} AND id NOT IN ${sql.in(added.map(({ id }) => id))}
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
