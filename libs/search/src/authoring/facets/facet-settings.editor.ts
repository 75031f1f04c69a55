import { Injectable } from '@nestjs/common';
import {
  DatabaseClock,
  insertRows,
  isUniqueViolation,
  sql,
  UnitOfWork,
  type Transaction,
} from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import { facetBreaches } from '../../model/facets/facet-breaches.js';
import { FacetSettingsLookup } from '../../model/facets/facet-settings-lookup.js';
import type { FacetSettings, StoredFacetSettings } from '../../model/facets/facet-settings.js';
import { searchErrors } from '../../model/search.errors.js';
import { searchTags } from '../../model/search.tags.js';

/**
 * In which order facets are shown, as the back office changes it: the whole document in one unit of work, based on a
 * version, audited. Every replica shows facets so as soon as it is committed.
 */
@Injectable()
export class FacetSettingsEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
    private readonly settings: FacetSettingsLookup,
  ) {}

  /** Throws `catalog.store-not-found`, `search.facets-invalid`, `http.stale-version`. */
  async replace(
    storeCode: string,
    version: number,
    content: FacetSettings,
  ): Promise<StoredFacetSettings> {
    const errors = facetBreaches(content);
    if (errors.length > 0) throw searchErrors.facetsInvalid({ details: { errors } });
    try {
      return await this.unitOfWork.run(async (tx) => {
        const store = await this.stores.getByCode(tx, storeCode);
        const before = await this.settings.get(tx, store.id);
        if (before.version !== version) throw staleVersion(before.version);
        if (JSON.stringify(content) === JSON.stringify(before.content)) return before;
        const after = { content, version: version + 1 };
        await this.write(tx, store.id, after);
        tx.invalidate(searchTags.facets(store.code));
        tx.audit({
          action: 'search:facet:update',
          entity: 'store',
          entityId: store.id,
          before: before.content,
          after: content,
        });
        return after;
      });
    } catch (error) {
      // Both found no row; one has written the first version.
      if (isUniqueViolation(this.unitOfWork.dialect, error)) throw staleVersion(1);
      throw error;
    }
  }

  private async write(
    tx: Transaction,
    storeId: string,
    { content, version }: StoredFacetSettings,
  ): Promise<void> {
    const contentJson = JSON.stringify(content);
    const updatedAt = this.clock.wallMs();
    if (version === 1) {
      const row = { store_id: storeId, content_json: contentJson, version, updated_at: updatedAt };
      return insertRows(tx, 'facet_settings', [row]);
    }
    const changed = await tx.execute(sql`
      UPDATE facet_settings
      SET content_json = ${contentJson}, version = ${version}, updated_at = ${updatedAt}
      WHERE store_id = ${storeId} AND version = ${version - 1}`);
    if (changed !== 1) throw staleVersion(version);
  }
}
