import type { Slice } from '#libs/slice';
import { promotionsEntities } from './model/promotions-entities.js';
import { promotionsPermissions } from './model/promotions.permissions.js';
import { promotionsTags } from './model/promotions.tags.js';
import { PromotionsModule } from './storefront/promotions.module.js';

/** What promotions are to a storefront. */
export const promotionsSlice: Slice = {
  name: 'promotions',
  modules: [PromotionsModule],
  entities: promotionsEntities,
  permissions: promotionsPermissions,
  jobs: [],
  regions: ['promotions.active'],
  tags: promotionsTags,
};
