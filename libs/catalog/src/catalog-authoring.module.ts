import { Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { catalogEntities } from './catalog-entities.js';
import { CategoryPathFinder } from './category/category-path.js';
import { CategoryRepository } from './category/category.repository.js';
import { ProductHeadRepository } from './product/product-head.repository.js';
import { ProductRowRepository } from './product/product-row.repository.js';
import { ProductRepository } from './product/product.repository.js';
import { ProductWriter } from './product/product.writer.js';
import { StoreRepository } from './store/store.repository.js';

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
  ],
  exports: [StoreRepository, CategoryPathFinder, ProductWriter],
})
export class CatalogAuthoringModule {}
