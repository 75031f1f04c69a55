import type { Slice } from '#libs/slice';
import { catalogEntities } from './model/catalog-entities.js';
import { catalogPermissions } from './model/catalog.permissions.js';
import { catalogTags } from './model/catalog.tags.js';
import { CatalogModule } from './storefront/catalog.module.js';

/** What the catalog is to a storefront. */
export const catalogSlice: Slice = {
  name: 'catalog',
  modules: [CatalogModule],
  entities: catalogEntities,
  permissions: catalogPermissions,
  jobs: [],
  regions: [
    'catalog.category-tree',
    'catalog.picture',
    'catalog.product',
    'catalog.product-card',
    'catalog.related-products',
    'catalog.sellable',
  ],
  tags: catalogTags,
};
