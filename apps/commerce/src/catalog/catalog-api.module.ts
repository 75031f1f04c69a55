import { Module } from '@nestjs/common';
import { CatalogMemoryModule, CatalogModule } from '#libs/catalog';
import { ScalingModule } from '#libs/scaling';
import { SearchModule } from '#libs/search';
import { CategoryController } from './category.controller.js';
import { MediaController } from './media.controller.js';
import { ProductController } from './product.controller.js';
import { RelatedProductController } from './related-product.controller.js';
import { SuggestionController } from './suggestion.controller.js';
import { StoreController } from './store.controller.js';

/** `/stores/{store}` with its categories and products, and `/media`. */
@Module({
  imports: [CatalogModule, CatalogMemoryModule, ScalingModule, SearchModule],
  controllers: [
    StoreController,
    CategoryController,
    ProductController,
    RelatedProductController,
    MediaController,
    SuggestionController,
  ],
})
export class CatalogApiModule {}
