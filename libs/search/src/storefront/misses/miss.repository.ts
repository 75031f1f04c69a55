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
import type { SearchMissEntity } from '../../model/misses/search-miss.entity.js';

type KnownMiss = RowOf<SearchMissEntity, 'id' | 'locale' | 'query'>;

/** Searches without a result in SQL, of each store a bounded number. */
@Injectable()
export class MissRepository {
  /**
   * Adds to the counts; when there are too many of a store, the rarest of the others go, of those the oldest. What is new
   * stays: else it could never come again.
   */
  async add(
    tx: Transaction,
    storeId: string,
    misses: readonly NotedSearch[],
    lastAt: number,
  ): Promise<void> {
    await tx.lock(`search-misses:${storeId}`);
    const known = await this.known(tx, storeId, misses);
    const added = misses.filter((miss) => !known.has(keyOfSearch(miss)));
    for (const miss of misses) {
      const id = known.get(keyOfSearch(miss));
      if (id === undefined) continue;
      await tx.execute(sql`
        UPDATE search_miss
        SET miss_count = miss_count + ${miss.count}, last_at = ${lastAt}
        WHERE id = ${id} AND store_id = ${storeId}`);
    }
    const rows = added.map(({ locale, query, count }) => ({
      id: newId(),
      store_id: storeId,
      locale,
      query,
      miss_count: count,
      last_at: lastAt,
    }));
    await insertRows(tx, 'search_miss', rows);
    if (added.length > 0) await this.removeRarest(tx, storeId, rows);
  }

  private async known(
    tx: Transaction,
    storeId: string,
    misses: readonly NotedSearch[],
  ): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<KnownMiss>(sql`
      SELECT id, locale, query
      FROM search_miss${heldRows(tx)}
      WHERE store_id = ${storeId} AND query IN ${sql.in(misses.map(({ query }) => query))}`);
    return new Map(rows.map((row) => [keyOfSearch(row), row.id]));
  }

  private async removeRarest(
    tx: Transaction,
    storeId: string,
    added: readonly { readonly id: string }[],
  ): Promise<void> {
    const [row] = await tx.query<{ kept: number }>(sql`
      SELECT COUNT(*) AS kept
      FROM search_miss
      WHERE store_id = ${storeId}`);
    const tooMany = (row?.kept ?? 0) - noteLimits.kept;
    if (tooMany <= 0) return;
    const rarest = await tx.query<RowOf<SearchMissEntity, 'id'>>(sql`
      SELECT id
      FROM search_miss
      WHERE store_id = ${storeId} AND id NOT IN ${sql.in(added.map(({ id }) => id))}
      ORDER BY miss_count, last_at, id
      ${sql.limit(tooMany)}`);
    await deleteRows(
      tx,
      'search_miss',
      'id',
      rarest.map(({ id }) => id),
    );
  }
}
