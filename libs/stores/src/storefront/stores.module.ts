import { Module } from '@nestjs/common';
import { StoresModelModule } from '../model/stores-model.module.js';
import { StoreSettingsReader } from './store-settings.reader.js';
import { StoreReader } from './store.reader.js';

/** Stores as storefronts read them, from the cache. Needs the database and cache modules. */
@Module({
  imports: [StoresModelModule],
  providers: [StoreReader, StoreSettingsReader],
  exports: [StoresModelModule, StoreReader, StoreSettingsReader],
})
export class StoresModule {}
