export { catalogErrors } from './model/catalog.errors.js';
export { CatalogMemoryModule } from './storefront/records/catalog-memory.module.js';
export { CatalogModule } from './storefront/catalog.module.js';
export { catalogTags } from './model/catalog.tags.js';
export type { CategoryBranch, CategoryPlace, CategoryTree } from './storefront/category-tree.js';
export { CategoryTreeViewRepository } from './storefront/category-tree-view.repository.js';
export { CategoryTreeReader } from './storefront/category-tree.reader.js';
export type {
  PriceRange,
  ProductCard,
  ProductView,
  VariantView,
} from './storefront/product.view.js';
export { popularityLevel, MAX_POPULARITY } from './model/popularity/popularity-level.js';
export { ProductPopularityRepository } from './model/popularity/product-popularity.repository.js';
export { PictureReader } from './storefront/picture.reader.js';
export { ProductCardReader } from './storefront/product-card.reader.js';
export {
  PublishedProductViewRepository,
  type ProductRange,
  type PublishedProduct,
} from './storefront/published-product-view.repository.js';
export { ProductReader, type ProductKey } from './storefront/product.reader.js';
export { refreshedRegions } from './storefront/refreshed-regions.js';
export { RelatedProductReader } from './storefront/related-product.reader.js';
export { catalogSlice } from './slice.js';
export { SellableReader, type Sellable, type SkuAddress } from './storefront/sellable.reader.js';
