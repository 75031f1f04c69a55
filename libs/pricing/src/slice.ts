import type { Slice } from '#libs/slice';
import { pricingEntities } from './model/pricing-entities.js';
import { pricingTags } from './model/pricing.tags.js';
import { PricingModule } from './storefront/pricing.module.js';

/** What prices are to a storefront. Routes ask for the permissions of products. */
export const pricingSlice: Slice = {
  name: 'pricing',
  modules: [PricingModule],
  entities: pricingEntities,
  permissions: {},
  jobs: [],
  regions: ['pricing.product-prices'],
  tags: pricingTags,
};
