import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreSettingsLookup } from '../model/settings/store-settings-lookup.js';
import type { SettingsKind, StoredSettings } from '../model/settings/store-settings.js';
import { StoreLookup } from '../model/store-lookup.js';
import type { Store } from '../model/store.js';

/** Stores as the back office reads them: what is committed, not what is cached. */
@Injectable()
export class StoreDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly documents: StoreSettingsLookup,
  ) {}

  /** Throws `catalog.store-not-found`. */
  get(code: string): Promise<Store> {
    return this.stores.getByCode(this.database, code);
  }

  /** Throws `catalog.store-not-found`. */
  async settings<Kind extends SettingsKind>(
    code: string,
    kind: Kind,
  ): Promise<StoredSettings<Kind>> {
    const { id } = await this.get(code);
    return this.documents.get(this.database, id, kind);
  }

  /** By code, at most `limit` behind `afterCode`. */
  list(afterCode: string, limit: number): Promise<Store[]> {
    return this.stores.list(this.database, afterCode, limit);
  }
}
