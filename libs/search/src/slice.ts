import type { Slice } from '#libs/slice';
import { searchEntities } from './model/search-entities.js';
import { searchPermissions } from './model/search.permissions.js';
import { searchTags } from './model/search.tags.js';
import { SearchModule } from './storefront/search.module.js';

/** What search is to a storefront. */
export const searchSlice: Slice = {
  name: 'search',
  modules: [SearchModule],
  entities: searchEntities,
  permissions: searchPermissions,
  jobs: [],
  regions: [
    'search.facets',
    'search.product-facets',
    'search.product-page',
    'search.queries',
    'search.rules',
    'search.store-counts',
    'search.suggestions',
  ],
  tags: searchTags,
};
