import type { Slice } from '#libs/slice';
import { searchPermissions } from './model/search.permissions.js';
import { searchTags } from './model/search.tags.js';
import { SearchModule } from './storefront/search.module.js';

/** What search is to a storefront. */
export const searchSlice: Slice = {
  name: 'search',
  modules: [SearchModule],
  entities: [],
  permissions: searchPermissions,
  jobs: [],
  regions: [
    'search.product-facets',
    'search.product-page',
    'search.store-counts',
    'search.suggestions',
  ],
  tags: searchTags,
};
