import { Injectable } from '@nestjs/common';
import { deleteBatch, PlatformPruner, sql, UnitOfWork, type PrunesPlatform } from '#libs/database';

const KEPT_MS = 7 * 24 * 3_600_000;

/** Removes jobs that ended a week ago, with their steps. One that is retried meanwhile stays. */
@Injectable()
@PlatformPruner('jobs')
export class FinishedJobPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    const condition = sql`state IN ('completed', 'dead', 'cancelled') AND finished_at < ${now - KEPT_MS}`;
    return this.unitOfWork.run(async (tx) => {
      const ids = await deleteBatch<string>(tx, { table: 'job', key: 'id', condition });
      await tx.execute(sql`DELETE FROM inbox WHERE job_id IN ${sql.in(ids)}`);
      return ids.length;
    });
  }
}
