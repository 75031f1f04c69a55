export { CatalogAuthoringModule } from './authoring/catalog-authoring.module.js';
export { CategoryRepository } from './authoring/categories/category.repository.js';
export { CategoryDirectory } from './authoring/categories/category.directory.js';
export {
  CategoryEditor,
  type CategoryAddress,
  type CategoryPatch,
  type NewCategory,
} from './authoring/categories/category.editor.js';
export type { Category } from './model/category.js';
export {
  ProductDirectory,
  type DirectoryPosition,
  type ProductDirectoryFilter,
  type ProductSummary,
} from './authoring/listing/product.directory.js';
export { ProductEditor, type ProductAddress } from './authoring/products/product.editor.js';
export type { NewProduct, ProductPatch, VariantInput } from './authoring/products/product-input.js';
export type { ProductSheet } from './model/product-sheet.js';
export { productStatuses, type ProductStatus } from './model/product.js';
export type { ProductDraft, VariantDraft } from './model/product-draft.js';
export { ProductWriter, type SaveManyResult } from './authoring/products/product.writer.js';
export type { RejectedDraft } from './authoring/products/judge-drafts.js';
export { PictureRepository } from './authoring/products/picture.repository.js';
export { RelatedProductRepository } from './authoring/related/related-product.repository.js';
export { slugFrom } from './model/slug.js';
export { ImportArchive } from './authoring/import-job/import-archive.js';
export type { ImportFile } from './authoring/import-job/import-file.js';
export { importProductsJob } from './authoring/import-job/import-products.job.js';
export { ImportUploads } from './authoring/import-job/import-uploads.js';
export { ProductImportModule } from './authoring/import-job/product-import.module.js';
export { catalogAuthoringSlice } from './authoring/slice.js';
