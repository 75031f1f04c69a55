import type { Slice } from '#libs/slice';
import { pricingEntities } from './model/pricing-entities.js';
import { pricingPermissions } from './model/pricing.permissions.js';
import { pricingTags } from './model/pricing.tags.js';
import { PricingModule } from './storefront/pricing.module.js';

/** What prices are to a storefront. Routes of single prices ask for the permissions of products. */
export const pricingSlice: Slice = {
  name: 'pricing',
  modules: [PricingModule],
  entities: pricingEntities,
  permissions: pricingPermissions,
  jobs: [],
  regions: ['pricing.product-prices', 'pricing.relative-lists'],
  tags: pricingTags,
};
