export { CatalogAuthoringModule } from './catalog-authoring.module.js';
export { CategoryRepository } from './category/category.repository.js';
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
export { PictureRepository } from './picture/picture.repository.js';
export { RelatedProductRepository } from './related/related-product.repository.js';
export { slugFrom } from './slug.js';
export { StoreDirectory } from './store/store.directory.js';
export { StoreEditor, type StorePatch } from './store/store.editor.js';
export { StoreRepository } from './store/store.repository.js';
export type { RuleBreach, Store, StoreContent } from './store/store.js';
export { ImportArchive } from './import-job/import-archive.js';
export type { ImportFile } from './import-job/import-file.js';
export { importProductsJob } from './import-job/import-products.job.js';
export { ImportUploads } from './import-job/import-uploads.js';
export { ProductImportModule } from './import-job/product-import.module.js';
