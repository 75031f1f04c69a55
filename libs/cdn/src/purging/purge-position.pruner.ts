import { Injectable } from '@nestjs/common';
import { deleteBatch, PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';

/** Much longer than the log is kept: of what a cache has missed by then only a purge of everything is left anyway. */
const UNUSED_MS = 24 * 3_600_000;

/** Forgets shared caches that nobody has purged for a day, such as those taken out of `CDN_PURGE_URL`. */
@Injectable()
@PlatformPruner('cdn purges')
export class PurgePositionPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async pruneBatch(now: number): Promise<number> {
    const condition = sql`expires_at < ${now - UNUSED_MS}`;
    const gone = await this.unitOfWork.run((tx) =>
      deleteBatch(tx, { table: 'cdn_purge', key: 'id', condition }),
    );
    return gone.length;
  }
}
