export { productSorts, type PagePosition, type ProductSort } from './model/query/search-query.js';
export {
  attributeFilterParameter,
  filteredQuery,
  filterOf,
  filterParameters,
  rangeFilterParameter,
} from './model/query/filter-parameters.js';
export { searchErrors } from './model/search.errors.js';
export type { ProductFacets } from './storefront/listing/product-facets.js';
export { ProductListReader, type ProductList } from './storefront/listing/product-list.reader.js';
export type { ProductFilter, ProductListKey } from './storefront/listing/product-query.js';
export { SearchNoter } from './storefront/noting/search-noter.js';
export { SearchModule } from './storefront/search.module.js';
export { searchSlice } from './slice.js';
export { SuggestionReader, type Suggestions } from './storefront/suggesting/suggestion.reader.js';
