import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { CategoryController } from './category.controller.js';
import { ProductController } from './product.controller.js';
import { StoreController } from './store.controller.js';
import { StorefrontAnswers } from './storefront-answers.js';

/** `/stores/{store}` with its categories and products. */
@Module({
  imports: [CatalogModule],
  controllers: [StoreController, CategoryController, ProductController],
  providers: [StorefrontAnswers],
})
export class CatalogApiModule {}
