import { Injectable } from '@nestjs/common';
import type { SqlQueries } from '#libs/database';
import type { Buyer } from './buyer.js';

/** What another slice knows of buyers; what it leaves out, it knows nothing about. */
export interface BuyerSource {
  /** The groups of a customer that promotions may be for; not asked for inside a unit of work. */
  groupsOf?(buyer: Buyer): Promise<readonly string[]>;
  /** Whether there is an order of the buyer that was not cancelled. */
  hasOrdered?(queries: SqlQueries, buyer: Buyer): Promise<boolean>;
}

/**
 * Port: the slices that know who buys. Each registers itself when its modules start, so that promotions
 * name no table of another slice. A guest is in no group.
 */
@Injectable()
export class BuyerSources {
  private readonly all: BuyerSource[] = [];

  register(source: BuyerSource): void {
    this.all.push(source);
  }

  async groupsOf(buyer: Buyer): Promise<readonly string[]> {
    const groups: string[] = [];
    for (const each of this.all) groups.push(...((await each.groupsOf?.(buyer)) ?? []));
    return groups;
  }

  async hasOrdered(queries: SqlQueries, buyer: Buyer): Promise<boolean> {
    for (const each of this.all)
      if ((await each.hasOrdered?.(queries, buyer)) === true) return true;
    return false;
  }
}
