import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import { FacetSettingsLookup } from '../../model/facets/facet-settings-lookup.js';
import type { StoredFacetSettings } from '../../model/facets/facet-settings.js';

/** Facet settings as the back office reads them. */
@Injectable()
export class FacetSettingsDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly settings: FacetSettingsLookup,
  ) {}

  /** Throws `catalog.store-not-found`. */
  async get(storeCode: string): Promise<StoredFacetSettings> {
    const { id } = await this.stores.getByCode(this.database, storeCode);
    return this.settings.get(this.database, id);
  }
}
