import { refreshedStoreRegions } from '#libs/stores';

/** Small, and read for almost every answer: refreshed on order, so that no shopper waits for them. */
export const refreshedRegions = [...refreshedStoreRegions, 'catalog.category-tree'] as const;
