import { Injectable } from '@nestjs/common';
import { sql, SqlReader, type RowOf } from '#libs/database';
import { noteLimits } from '../../model/noting/search-notes.js';
import type { PopularQueryEntity } from '../../model/queries/popular-query.entity.js';
import {
  LEAST_USES,
  popularFirst,
  type CountedQuery,
} from '../../model/queries/popular-queries.js';

/** The popular queries of a store. */
@Injectable()
export class PopularQueryViewRepository {
  constructor(private readonly database: SqlReader) {}

  /** Those that may be suggested, most popular first, by language. */
  async popular(storeId: string): Promise<Record<string, string[]>> {
    const rows = await this.database.query<
      RowOf<PopularQueryEntity, 'locale' | 'query' | 'use_count'>
    >(sql`
      SELECT locale, query, use_count
      FROM popular_query
      WHERE store_id = ${storeId} AND use_count >= ${LEAST_USES}
      ORDER BY use_count DESC, id
      ${sql.limit(noteLimits.kept)}`);
    const byLocale = new Map<string, CountedQuery[]>();
    for (const { locale, query, use_count: useCount } of rows) {
      const own = byLocale.get(locale) ?? [];
      byLocale.set(locale, own);
      own.push({ query, useCount });
    }
    return Object.fromEntries(
      [...byLocale].map(([locale, counted]) => [locale, popularFirst(counted)]),
    );
  }
}
