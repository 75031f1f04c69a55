import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import { pricingErrors } from '../../model/pricing.errors.js';
import { loadRelativeLists } from '../../model/relative-list-rows.js';
import type { RelativeList } from '../../model/relative-list.js';

/** Relative lists as the back office reads them: what is committed, not what is cached. */
@Injectable()
export class RelativeListDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
  ) {}

  /** All of a store, the highest priority first. Throws `catalog.store-not-found`. */
  async list(storeCode: string): Promise<RelativeList[]> {
    const { id } = await this.stores.getByCode(this.database, storeCode);
    return loadRelativeLists(this.database, id);
  }

  /** Throws `catalog.store-not-found`, `pricing.list-not-found` (also for another store's). */
  async get(storeCode: string, id: string): Promise<RelativeList> {
    const found = (await this.list(storeCode)).find((each) => each.id === id);
    if (found === undefined) throw pricingErrors.listNotFound({ details: { id } });
    return found;
  }
}
