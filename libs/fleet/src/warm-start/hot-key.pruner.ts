import { Injectable } from '@nestjs/common';
import { deleteBatch, PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';

const KEPT_MS = 7 * 24 * 3_600_000;

/** Replicas that went a week ago say nothing about what is used now. */
@Injectable()
@PlatformPruner('hotKeys')
export class HotKeyPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async pruneBatch(now: number): Promise<number> {
    const condition = sql`noted_at < ${now - KEPT_MS}`;
    const gone = await this.unitOfWork.run((tx) =>
      deleteBatch(tx, { table: 'hot_keys', key: 'replica_id', condition }),
    );
    return gone.length;
  }
}
