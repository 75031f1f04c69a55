import { Injectable } from '@nestjs/common';
import { heldRows, sql, type RowOf, type SqlQueries } from '#libs/database';
import type { FacetSettingsEntity } from './facet-settings.entity.js';
import {
  NO_FACET_SETTINGS,
  type FacetSettings,
  type StoredFacetSettings,
} from './facet-settings.js';

/** Finds what was said about the facets of a store. */
@Injectable()
export class FacetSettingsLookup {
  /** The row is held when a unit of work asks. */
  async get(queries: SqlQueries, storeId: string): Promise<StoredFacetSettings> {
    const [row] = await queries.query<RowOf<FacetSettingsEntity, 'content_json' | 'version'>>(sql`
      SELECT content_json, version
      FROM facet_settings${heldRows(queries)}
      WHERE store_id = ${storeId}`);
    if (row === undefined) return { content: NO_FACET_SETTINGS, version: 0 };
    return { content: JSON.parse(row.content_json) as FacetSettings, version: row.version };
  }
}
