/**
 * The cache tags of the catalog, in one place. A tag names what a cached value was made from;
 * every unit of work that changes it invalidates the tag.
 */
export const catalogTags = {
  /** The category tree of a store: names, slugs, order, nesting. */
  categories: (storeCode: string) => `categories:${storeCode}`,
  /** Everything shown of one product. */
  product: (productId: string) => `product:${productId}`,
  /** Which product, if any, a slug or a handle leads to. */
  slug: (storeCode: string, slug: string) => `slug:${storeCode}/${slug}`,
  /** Lists of the products of a category and of those below it. */
  categoryProducts: (categoryId: string) => `category-products:${categoryId}`,
  /** Lists over all products of a store. */
  storeProducts: (storeCode: string) => `store-products:${storeCode}`,
  /** The products related to one. */
  relatedProducts: (productId: string) => `related-products:${productId}`,
  /** How popular a product is: its level. */
  popularity: (productId: string) => `popularity:${productId}`,
  /** A picture that the installation holds. */
  picture: (path: string) => `picture:${path}`,
} as const;
