import { Module } from '@nestjs/common';
import { RuntimeSettingsLookup } from '../model/settings/runtime-settings-lookup.js';
import { RuntimeSettingsReader } from './runtime-settings.reader.js';

/** What a storefront knows of scaling: what is switched off. Needs the database and cache modules. */
@Module({
  providers: [RuntimeSettingsLookup, RuntimeSettingsReader],
  exports: [RuntimeSettingsReader],
})
export class ScalingModule {}
