/** The cache tags of promotions. */
export const promotionsTags = {
  /** Every promotion of a store that is not paused. */
  promotions: (storeId: string) => `promotions:${storeId}`,
} as const;
