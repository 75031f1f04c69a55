import { Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { catalogEntities } from './catalog-entities.js';
import { CategoryPathFinder } from './category/category-path.js';
import { CategoryDirectory } from './category/category.directory.js';
import { CategoryEditor } from './category/category.editor.js';
import { CategoryRepository } from './category/category.repository.js';
import { PictureRepository } from './picture/picture.repository.js';
import { ProductHeadRepository } from './product/product-head.repository.js';
import { ProductRowRepository } from './product/product-row.repository.js';
import { ProductSearchRepository } from './product/product-search.repository.js';
import { ProductRepository } from './product/product.repository.js';
import { ProductDirectory } from './product/product.directory.js';
import { ProductEditor } from './product/product.editor.js';
import { ProductWriter } from './product/product.writer.js';
import { RebuildRelatedProductsHandler } from './related/rebuild-related-products.handler.js';
import { RelatedProductRepository } from './related/related-product.repository.js';
import { StoreDirectory } from './store/store.directory.js';
import { StoreEditor } from './store/store.editor.js';
import { StoreRepository } from './store/store.repository.js';

const operations = [
  StoreDirectory,
  StoreEditor,
  CategoryDirectory,
  CategoryEditor,
  ProductDirectory,
  ProductEditor,
];

/** The catalog as the back office changes it. Needs the database module; no cache, no Redis. */
@Module({
  imports: [DatabaseModule.forEntities(catalogEntities)],
  providers: [
    StoreRepository,
    CategoryRepository,
    CategoryPathFinder,
    ProductRowRepository,
    ProductHeadRepository,
    ProductRepository,
    ProductWriter,
    ProductSearchRepository,
    RelatedProductRepository,
    PictureRepository,
    RebuildRelatedProductsHandler,
    ...operations,
  ],
  exports: [
    ...operations,
    StoreRepository,
    CategoryRepository,
    CategoryPathFinder,
    ProductWriter,
    RelatedProductRepository,
    PictureRepository,
  ],
})
export class CatalogAuthoringModule {}
