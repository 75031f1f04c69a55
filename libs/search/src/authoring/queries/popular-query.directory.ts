import { Injectable } from '@nestjs/common';
import { sql, SqlReader, type RowOf } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import type { PopularQueryEntity } from '../../model/queries/popular-query.entity.js';
import { LEAST_USES } from '../../model/queries/popular-queries.js';

export interface NotedQuery {
  readonly locale: string;
  readonly query: string;
  readonly count: number;
  /** Whether it came often enough to be suggested; rules may still hide it. */
  readonly isPopular: boolean;
  /** The beginning of the day on which it last came. */
  readonly lastAt: number;
}

type QueryRow = RowOf<PopularQueryEntity, 'locale' | 'query' | 'use_count' | 'last_at'>;

/** Searches with a result, as the back office reads them, always of one store. */
@Injectable()
export class PopularQueryDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
  ) {}

  /** Most frequent first, at most `limit`. Throws `catalog.store-not-found`. */
  async list(storeCode: string, limit: number): Promise<NotedQuery[]> {
    const { id } = await this.stores.getByCode(this.database, storeCode);
    const rows = await this.database.query<QueryRow>(sql`
      SELECT locale, query, use_count, last_at
      FROM popular_query
      WHERE store_id = ${id}
      ORDER BY use_count DESC, last_at DESC, id DESC
      ${sql.limit(limit)}`);
    return rows.map(({ use_count: count, last_at: lastAt, locale, query }) => ({
      locale,
      query,
      count,
      isPopular: count >= LEAST_USES,
      lastAt,
    }));
  }
}
