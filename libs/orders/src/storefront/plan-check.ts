import { Injectable } from '@nestjs/common';
import { concernsPlan, type ReadPlan } from '#libs/cache';
import { InvalidationLog, type Transaction } from '#libs/database';

/** New rows of the log that are compared with a plan; behind more of them it is not worth it. */
const MAX_ROWS = 500;

/** Inside a unit of work: whether what was planned from memory is still what the database says. */
@Injectable()
export class PlanCheck {
  constructor(private readonly log: InvalidationLog) {}

  /**
   * The position of the last committed change of something that the plan was built from: a replica that has
   * caught up with it has caught up with all of them. undefined when there is none, and the plan holds.
   * A plan that is older than the log is kept does not: what concerns it may have been pruned.
   */
  async findConflict(tx: Transaction, plan: ReadPlan<unknown>): Promise<number | undefined> {
    const maxRows = MAX_ROWS + plan.knownAbove.size;
    const { records, prunedTo } = await this.log.readWithin(tx, plan.position, maxRows);
    if (prunedTo > 0 || records.length === maxRows) return records.at(-1)?.position;
    return records.findLast((record) => concernsPlan(plan, record))?.position;
  }
}
