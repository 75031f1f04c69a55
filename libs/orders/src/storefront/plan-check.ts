import { Injectable } from '@nestjs/common';
import { concernsPlan, type ReadPlan } from '#libs/cache';
import { InvalidationLog, type Transaction } from '#libs/database';

/** Rows of the log that are compared with a plan; behind more of them it is not worth it. */
const MAX_ROWS = 500;

/** Inside a unit of work: whether what was planned from memory is still what the database says. */
@Injectable()
export class PlanCheck {
  constructor(private readonly log: InvalidationLog) {}

  /**
   * The position of a committed change of something that the plan was built from; undefined when there
   * is none, and the plan holds.
   */
  async findConflict(tx: Transaction, plan: ReadPlan<unknown>): Promise<number | undefined> {
    const records = await this.log.readWithin(tx, plan.position, MAX_ROWS);
    const conflict = records.find(({ tags }) => concernsPlan(plan, tags));
    if (conflict !== undefined) return conflict.position;
    return records.length < MAX_ROWS ? undefined : records.at(-1)?.position;
  }
}
