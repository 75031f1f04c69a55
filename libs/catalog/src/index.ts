export { afterValue } from './after-value.js';
export { catalogErrors } from './catalog.errors.js';
export { CatalogModule } from './catalog.module.js';
export { catalogTags } from './catalog.tags.js';
export type { CategoryBranch, CategoryPlace, CategoryTree } from './category/category-tree.js';
export { CategoryTreeReader } from './category/category-tree.reader.js';
export { ProductListReader, type ProductList } from './listing/product-list.reader.js';
export {
  productSorts,
  type PagePosition,
  type ProductFilter,
  type ProductListKey,
  type ProductSort,
} from './listing/product-query.js';
export type { ProductFacets } from './listing/product-facets.js';
export type {
  Availability,
  PriceRange,
  ProductCard,
  ProductView,
  VariantView,
} from './product/product.view.js';
export { PictureReader } from './picture/picture.reader.js';
export { ProductCardReader } from './product/product-card.reader.js';
export { ProductReader, type ProductKey } from './product/product.reader.js';
export { refreshedRegions } from './refreshed-regions.js';
export { rebuildRelatedProductsJob } from './related/rebuild-related-products.job.js';
export { RelatedProductReader } from './related/related-product.reader.js';
export { RelatedProductRequests } from './related/related-product.requests.js';
export { StoreReader, type StoreSight, type StoreView } from './store/store.reader.js';
