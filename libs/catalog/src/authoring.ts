export { CatalogAuthoringModule } from './catalog-authoring.module.js';
export { CategoryDirectory } from './category/category.directory.js';
export {
  CategoryEditor,
  type CategoryAddress,
  type CategoryPatch,
  type NewCategory,
} from './category/category.editor.js';
export type { Category } from './category/category.js';
export {
  ProductDirectory,
  type DirectoryPosition,
  type ProductDirectoryFilter,
  type ProductSummary,
} from './product/product.directory.js';
export { ProductEditor, type ProductAddress } from './product/product.editor.js';
export type { NewProduct, ProductPatch, VariantInput } from './product/product-input.js';
export { productLimits } from './product/product-rules.js';
export {
  productStatuses,
  type Product,
  type ProductStatus,
  type ProductVariant,
} from './product/product.js';
export type { ProductDraft, VariantDraft } from './product/product-draft.js';
export {
  ProductWriter,
  type RejectedDraft,
  type SaveManyResult,
} from './product/product.writer.js';
export { DemoShopSeeder } from './seed/demo-shop.seeder.js';
export { StoreDirectory } from './store/store.directory.js';
export { StoreEditor, type StorePatch } from './store/store.editor.js';
export { StoreRepository } from './store/store.repository.js';
export type { RuleBreach, Store, StoreContent } from './store/store.js';
export { importErrors, sanitiseHtml, withContentHash, writeProductCsv } from './import/index.js';
export type { ImportedProductContent, ImportedVariant } from './import/index.js';
export { ImportArchive } from './import-job/import-archive.js';
export type { ImportFile } from './import-job/import-file.js';
export { importProductsJob } from './import-job/import-products.job.js';
export { ImportUploads } from './import-job/import-uploads.js';
export { ProductImportModule } from './import-job/product-import.module.js';
