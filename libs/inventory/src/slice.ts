import type { Slice } from '#libs/slice';
import { inventoryEntities } from './model/inventory-entities.js';
import { inventoryPermissions } from './model/inventory.permissions.js';
import { inventoryTags } from './model/inventory.tags.js';
import { InventoryModule } from './storefront/inventory.module.js';

/** What stock is to a storefront. Routes that set it ask for the permissions of products. */
export const inventorySlice: Slice = {
  name: 'inventory',
  modules: [InventoryModule],
  entities: inventoryEntities,
  permissions: inventoryPermissions,
  jobs: [],
  regions: ['inventory.availability'],
  tags: inventoryTags,
};
