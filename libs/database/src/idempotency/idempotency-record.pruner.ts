import { Injectable } from '@nestjs/common';
import { PRUNE_BATCH } from '../sql/delete-batch.js';
import { PlatformPruner, type PrunesPlatform } from '../contracts/platform-pruner.js';
import { sql } from '../sql/sql.js';
import { UnitOfWork } from '../unit-of-work/unit-of-work.js';

/** What a client may repeat at the latest; a little more than is promised. */
const KEPT_MS = 25 * 3_600_000;

@Injectable()
@PlatformPruner('idempotency records')
export class IdempotencyRecordPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const [row] = await tx.query<{ newest: number | null }>(sql`
        SELECT MAX(created_at) AS newest
        FROM (
          SELECT created_at
          FROM idempotency_record
          WHERE created_at < ${now - KEPT_MS}
          ORDER BY created_at, scope, idempotency_key
          ${sql.limit(PRUNE_BATCH)}
        ) oldest`);
      const newest = row?.newest ?? null;
      if (newest === null) return 0;
      return tx.execute(sql`DELETE FROM idempotency_record WHERE created_at <= ${newest}`);
    });
  }
}
