import { Injectable } from '@nestjs/common';
import { sql, type SqlQueries, type RowOf } from '#libs/database';
import { isSettingName, runtimeSettingNames, type RuntimeSettings } from './runtime-settings.js';
import type { RuntimeSettingEntity } from '../records/runtime-setting.entity.js';

/** Finds what is switched off. */
@Injectable()
export class RuntimeSettingsLookup {
  async get(queries: SqlQueries): Promise<RuntimeSettings> {
    const rows = await queries.query<RowOf<RuntimeSettingEntity, 'name' | 'is_on'>>(
      sql`
        SELECT name, is_on
        FROM runtime_setting
        ORDER BY name`,
    );
    // Another release may have switched what this one does not know.
    const stored = rows.filter(({ name }) => isSettingName(name));
    return Object.fromEntries([
      ...runtimeSettingNames.map((name) => [name, true]),
      ...stored.map(({ name, is_on }) => [name, is_on !== 0]),
    ]) as RuntimeSettings;
  }
}
