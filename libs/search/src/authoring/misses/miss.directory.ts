import { Injectable } from '@nestjs/common';
import { sql, SqlReader, type RowOf } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import type { SearchMissEntity } from '../../model/misses/search-miss.entity.js';

export interface NotedMiss {
  readonly locale: string;
  readonly query: string;
  readonly count: number;
  /** The beginning of the day on which it last came. */
  readonly lastAt: number;
}

type MissRow = RowOf<SearchMissEntity, 'locale' | 'query' | 'miss_count' | 'last_at'>;

/** Searches without a result, as the back office reads them, always of one store. */
@Injectable()
export class MissDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
  ) {}

  /** Most frequent first, at most `limit`. Throws `catalog.store-not-found`. */
  async list(storeCode: string, limit: number): Promise<NotedMiss[]> {
    const { id } = await this.stores.getByCode(this.database, storeCode);
    const rows = await this.database.query<MissRow>(sql`
      SELECT locale, query, miss_count, last_at
      FROM search_miss
      WHERE store_id = ${id}
      ORDER BY miss_count DESC, last_at DESC, id DESC
      ${sql.limit(limit)}`);
    return rows.map(({ miss_count: count, last_at: lastAt, locale, query }) => ({
      locale,
      query,
      count,
      lastAt,
    }));
  }
}
