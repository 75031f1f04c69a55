export { CatalogAuthoringModule } from './catalog-authoring.module.js';
export type { ProductDraft, VariantDraft } from './product/product-draft.js';
export {
  ProductWriter,
  type RejectedDraft,
  type SaveManyResult,
} from './product/product.writer.js';
export { StoreRepository } from './store/store.repository.js';
export type { RuleBreach, Store, StoreContent } from './store/store.js';
export { importErrors, sanitiseHtml, withContentHash, writeProductCsv } from './import/index.js';
export type { ImportedProductContent, ImportedVariant } from './import/index.js';
export { ImportArchive } from './import-job/import-archive.js';
export type { ImportFile } from './import-job/import-file.js';
export { importProductsJob } from './import-job/import-products.job.js';
export { ImportUploads } from './import-job/import-uploads.js';
export { ProductImportModule } from './import-job/product-import.module.js';
