export { CatalogAuthoringModule } from './authoring/catalog-authoring.module.js';
export { CategoryRepository } from './authoring/category.repository.js';
export { CategoryDirectory } from './authoring/category.directory.js';
export {
  CategoryEditor,
  type CategoryAddress,
  type CategoryPatch,
  type NewCategory,
} from './authoring/category.editor.js';
export type { Category } from './model/category.js';
export {
  ProductDirectory,
  type DirectoryPosition,
  type ProductDirectoryFilter,
  type ProductSummary,
} from './authoring/product.directory.js';
export { ProductEditor, type ProductAddress } from './authoring/product.editor.js';
export type { NewProduct, ProductPatch, VariantInput } from './authoring/product-input.js';
export type { ProductSheet } from './model/product-sheet.js';
export { productStatuses, type ProductStatus } from './model/product.js';
export type { ProductDraft, VariantDraft } from './model/product-draft.js';
export { ProductWriter, type SaveManyResult } from './authoring/product.writer.js';
export type { RejectedDraft } from './authoring/judge-drafts.js';
export { PictureRepository } from './authoring/picture.repository.js';
export { RelatedProductRepository } from './authoring/related-product.repository.js';
export { slugFrom } from './model/slug.js';
export { ImportArchive } from './authoring/import-job/import-archive.js';
export type { ImportFile } from './authoring/import-job/import-file.js';
export { importProductsJob } from './authoring/import-job/import-products.job.js';
export { ImportUploads } from './authoring/import-job/import-uploads.js';
export { ProductImportModule } from './authoring/import-job/product-import.module.js';
export { catalogAuthoringSlice } from './authoring/slice.js';
