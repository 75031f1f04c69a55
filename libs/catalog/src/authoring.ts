export { CatalogAuthoringModule } from './catalog-authoring.module.js';
export type { ProductDraft, VariantDraft } from './product/product-draft.js';
export {
  ProductWriter,
  type RejectedDraft,
  type SaveManyResult,
} from './product/product.writer.js';
export { StoreRepository } from './store/store.repository.js';
export type { RuleBreach, Store, StoreContent } from './store/store.js';
