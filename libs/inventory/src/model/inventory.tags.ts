/** The cache tags of stock. */
export const inventoryTags = {
  /** What shoppers see of the stock of a product's variants. */
  availability: (productId: string) => `availability:${productId}`,
} as const;
