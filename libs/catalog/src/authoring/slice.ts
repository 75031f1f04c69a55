import type { Slice } from '#libs/slice';
import { catalogSlice } from '../slice.js';
import { CatalogAuthoringModule } from './catalog-authoring.module.js';
import { importProductsJob } from './import-job/import-products.job.js';
import { ProductImportModule } from './import-job/product-import.module.js';
import { rebuildRelatedProductsJob } from './related/rebuild-related-products.job.js';

/** What the catalog is to the back office, which runs its jobs, and prices carts from the cache as storefronts do. */
export const catalogAuthoringSlice: Slice = {
  ...catalogSlice,
  modules: [CatalogAuthoringModule, ProductImportModule],
  jobs: [rebuildRelatedProductsJob, importProductsJob],
};
