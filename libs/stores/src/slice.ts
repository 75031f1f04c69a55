import type { Slice } from '#libs/slice';
import { StoreSettingsEntity } from './model/settings/store-settings.entity.js';
import { StoreEntity } from './model/store.entity.js';
import { storesPermissions } from './model/stores.permissions.js';
import { storesTags } from './model/stores.tags.js';
import { StoresModule } from './storefront/stores.module.js';

/** What stores are to a storefront. */
export const storesSlice: Slice = {
  name: 'stores',
  modules: [StoresModule],
  entities: [StoreEntity, StoreSettingsEntity],
  permissions: storesPermissions,
  jobs: [],
  regions: ['catalog.store', 'stores.tax-settings', 'stores.sales-settings'],
  tags: storesTags,
};
