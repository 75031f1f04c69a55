import { InventoryModule } from '#libs/inventory';
import { PricingModule } from '#libs/pricing';
import { StoresModule } from '#libs/stores';
import { Module } from '@nestjs/common';
import { CategoryTreeReader } from './category-tree.reader.js';
import { ProductFacetsReader } from './listing/product-facets.reader.js';
import { ProductFacetsRepository } from './listing/product-facets.repository.js';
import { ProductListReader } from './listing/product-list.reader.js';
import { ProductPageRepository } from './listing/product-page.repository.js';
import { SelectionReader } from './listing/selection.reader.js';
import { PictureReader } from './picture.reader.js';
import { PictureViewRepository } from './picture-view.repository.js';
import { ProductCardReader } from './product-card.reader.js';
import { ProductSearchRepository } from '../model/product-search.repository.js';
import { ProductViewRepository } from './product-view.repository.js';
import { ProductReader } from './product.reader.js';
import { SellableReader } from './sellable.reader.js';
import { RelatedProductReader } from './related-product.reader.js';
import { RelatedProductViewRepository } from './related-product-view.repository.js';
import { RelatedProductRequests } from './related-product.requests.js';

const readers = [
  CategoryTreeReader,
  ProductReader,
  ProductCardReader,
  ProductListReader,
  SellableReader,
  RelatedProductReader,
  PictureReader,
];

/** The catalog as storefronts read it, from the cache. Needs the database and cache modules. */
@Module({
  imports: [StoresModule, PricingModule, InventoryModule],
  providers: [
    PictureViewRepository,
    ProductViewRepository,
    ProductPageRepository,
    ProductSearchRepository,
    ProductFacetsRepository,
    RelatedProductViewRepository,
    RelatedProductRequests,
    SelectionReader,
    ProductFacetsReader,
    ...readers,
  ],
  exports: [StoresModule, ...readers, RelatedProductRequests],
})
export class CatalogModule {}
