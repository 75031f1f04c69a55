import { Injectable } from '@nestjs/common';
import { deleteBatch, PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';
import { noteLimits } from '../../model/noting/search-notes.js';

const DAY_MS = 24 * 60 * 60_000;

/** Removes searches without a result that have not come again for long. */
@Injectable()
@PlatformPruner('search misses')
export class MissPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async pruneBatch(now: number): Promise<number> {
    const before = now - noteLimits.days * DAY_MS;
    const gone = await this.unitOfWork.run((tx) =>
      deleteBatch<string>(tx, {
        table: 'search_miss',
        key: 'id',
        condition: sql`last_at < ${before}`,
      }),
    );
    return gone.length;
  }
}
