import { Injectable } from '@nestjs/common';
import { deleteBatch, PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';

/** Replicas write a heartbeat every few seconds; one that is silent for an hour is gone. */
const GONE_MS = 3_600_000;

/** Removes replicas that are gone from the list of the fleet. */
@Injectable()
@PlatformPruner('replicas')
export class ReplicaPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async pruneBatch(now: number): Promise<number> {
    const condition = sql`seen_at < ${now - GONE_MS}`;
    const gone = await this.unitOfWork.run((tx) =>
      deleteBatch(tx, { table: 'replica', key: 'id', condition }),
    );
    return gone.length;
  }
}
