import { Injectable } from '@nestjs/common';
import {
  deleteBatch,
  PlatformPruner,
  sql,
  UnitOfWork,
  type PrunesPlatform,
  type SqlStatement,
} from '#libs/database';
import { MAX_WINDOW_MS } from '../../model/rules/rules-schema.js';

const DAY_MS = 86_400_000;
/** Evaluations that changed nothing are of interest while somebody wonders why. */
const QUIET_MS = DAY_MS;
/** Rules that only advise say the same until somebody follows. */
const ADVICE_MS = 7 * DAY_MS;
const CHANGES_MS = 90 * DAY_MS;
/** A window may end two windows ago, and is one long. */
const SAMPLES_MS = 3 * MAX_WINDOW_MS + DAY_MS;

/** Removes old evaluations of scaling rules, and measurements that no window reaches. */
@Injectable()
@PlatformPruner('scaling')
export class ScalingPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async pruneBatch(now: number): Promise<number> {
    const decisions = await this.prune(
      'scaling_decision',
      sql`decided_at < ${now - CHANGES_MS}
        OR (mode <> 'act' AND decided_at < ${now - ADVICE_MS})
        OR (is_change = 0 AND decided_at < ${now - QUIET_MS})`,
    );
    return decisions + (await this.prune('scaling_sample', sql`sampled_at < ${now - SAMPLES_MS}`));
  }

  private async prune(table: string, condition: SqlStatement): Promise<number> {
    const gone = await this.unitOfWork.run((tx) =>
      deleteBatch(tx, { table, key: 'id', condition }),
    );
    return gone.length;
  }
}
