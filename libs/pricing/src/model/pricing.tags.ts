/** The cache tags of prices. */
export const pricingTags = {
  /** What the variants of a product cost, in every currency. */
  prices: (productId: string) => `prices:${productId}`,
  /** The relative lists of a store. */
  lists: (storeId: string) => `price-lists:${storeId}`,
} as const;
