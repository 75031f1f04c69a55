import { Module } from '@nestjs/common';
import { CatalogAuthoringModule } from '#authoring/catalog';
import { StoresAuthoringModule } from '#authoring/stores';
import { CategoryController } from './category.controller.js';
import { ProductController } from './product.controller.js';
import { StoreController } from './store.controller.js';
import { VariantController } from './variant.controller.js';

/** `/stores`, `/categories`, `/products`. */
@Module({
  imports: [StoresAuthoringModule, CatalogAuthoringModule],
  controllers: [StoreController, CategoryController, ProductController, VariantController],
})
export class CatalogApiModule {}
