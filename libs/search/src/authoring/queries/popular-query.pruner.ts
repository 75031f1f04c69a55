import { Injectable } from '@nestjs/common';
import {
  deleteBatch,
  PlatformPruner,
  sql,
  UnitOfWork,
  type PrunesPlatform,
  type RowOf,
} from '#libs/database';
import { noteLimits } from '../../model/noting/search-notes.js';
import type { PopularQueryEntity } from '../../model/queries/popular-query.entity.js';
import { searchTags } from '../../model/search.tags.js';

const DAY_MS = 24 * 60 * 60_000;

/** Removes searches that have not come again for long; they are not suggested any more either. */
@Injectable()
@PlatformPruner('popular queries')
export class PopularQueryPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    const condition = sql`last_at < ${now - noteLimits.days * DAY_MS}`;
    return this.unitOfWork.run(async (tx) => {
      const stores = await tx.query<RowOf<PopularQueryEntity, 'store_id'>>(sql`
        SELECT DISTINCT store_id
        FROM popular_query
        WHERE ${condition}`);
      const gone = await deleteBatch<string>(tx, { table: 'popular_query', key: 'id', condition });
      for (const { store_id: storeId } of stores) tx.invalidate(searchTags.queries(storeId));
      return gone.length;
    });
  }
}
