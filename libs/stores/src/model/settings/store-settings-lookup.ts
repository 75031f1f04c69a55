import { Injectable } from '@nestjs/common';
import { type RowOf, sql, type SqlQueries } from '#libs/database';
import {
  DEFAULT_SETTINGS,
  type SettingsKind,
  type StoredSettings,
  type StoreSettings,
} from './store-settings.js';
import type { StoreSettingsEntity } from './store-settings.entity.js';

type SettingsRow = RowOf<StoreSettingsEntity, 'kind' | 'content_json' | 'version'>;

/** Finds what stores were told; what was never said is the default. */
@Injectable()
export class StoreSettingsLookup {
  async get<Kind extends SettingsKind>(
    queries: SqlQueries,
    storeId: string,
    kind: Kind,
  ): Promise<StoredSettings<Kind>> {
    const [row] = await queries.query<SettingsRow>(sql`
      SELECT kind, content_json, version
      FROM store_settings
      WHERE store_id = ${storeId} AND kind = ${kind}`);
    if (row === undefined) return { content: DEFAULT_SETTINGS[kind], version: 0 };
    // A field that a later version knows has its default in a document of an earlier one.
    const content = {
      ...DEFAULT_SETTINGS[kind],
      ...(JSON.parse(row.content_json) as StoreSettings[Kind]),
    };
    return { content, version: row.version };
  }
}
