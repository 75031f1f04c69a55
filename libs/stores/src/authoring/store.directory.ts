import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '../model/store-lookup.js';
import type { Store } from '../model/store.js';

/** Stores as the back office reads them: what is committed, not what is cached. */
@Injectable()
export class StoreDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
  ) {}

  /** Throws `catalog.store-not-found`. */
  get(code: string): Promise<Store> {
    return this.stores.getByCode(this.database, code);
  }

  /** By code, at most `limit` behind `afterCode`. */
  list(afterCode: string, limit: number): Promise<Store[]> {
    return this.stores.list(this.database, afterCode, limit);
  }
}
