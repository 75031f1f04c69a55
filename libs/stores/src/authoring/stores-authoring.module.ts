import { Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { StoreEntity } from '../model/store.entity.js';
import { StoresModelModule } from '../model/stores-model.module.js';
import { StoreDirectory } from './store.directory.js';
import { ShippingMethodEditor } from './shipping-method.editor.js';
import { StoreSettingsEditor } from './store-settings.editor.js';
import { StoreSettingsEntity } from '../model/settings/store-settings.entity.js';
import { StoreEditor } from './store.editor.js';
import { StoreRepository } from './store.repository.js';

/** Stores as the back office changes them. Needs the database module; no cache, no Redis. */
@Module({
  imports: [DatabaseModule.forEntities([StoreEntity, StoreSettingsEntity]), StoresModelModule],
  providers: [
    StoreRepository,
    StoreDirectory,
    StoreEditor,
    StoreSettingsEditor,
    ShippingMethodEditor,
  ],
  exports: [
    StoreRepository,
    StoreDirectory,
    StoreEditor,
    StoreSettingsEditor,
    ShippingMethodEditor,
  ],
})
export class StoresAuthoringModule {}
