import { Injectable } from '@nestjs/common';
import { CoherentCache, textKey, type CachedReader } from '#libs/cache';
import { SqlReader } from '#libs/database';
import { scalingTags } from '../model/scaling.tags.js';
import { RuntimeSettingsLookup } from '../model/settings/runtime-settings-lookup.js';
import type { RuntimeSettingName, RuntimeSettings } from '../model/settings/runtime-settings.js';

const TTL_MS = 10 * 60_000;
const ALL = 'all';

/** What is switched off, from the cache: effective on every replica within milliseconds. */
@Injectable()
export class RuntimeSettingsReader {
  private readonly reader: CachedReader<string, RuntimeSettings>;

  constructor(cache: CoherentCache, database: SqlReader, settings: RuntimeSettingsLookup) {
    this.reader = cache.reader<string, RuntimeSettings>({
      name: 'scaling.settings',
      key: textKey,
      tags: () => [scalingTags.settings()],
      load: () => settings.get(database),
      ttlMs: TTL_MS,
      maxEntries: 1,
    });
  }

  async isOn(name: RuntimeSettingName): Promise<boolean> {
    return (await this.reader.get(ALL))?.[name] ?? true;
  }
}
