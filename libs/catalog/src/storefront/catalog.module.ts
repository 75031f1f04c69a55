import { InventoryModule } from '#libs/inventory';
import { PricingModule } from '#libs/pricing';
import { StoresModule } from '#libs/stores';
import { Module } from '@nestjs/common';
import { CategoryTreeViewRepository } from './category-tree-view.repository.js';
import { CategoryTreeReader } from './category-tree.reader.js';
import { PictureReader } from './picture.reader.js';
import { PictureViewRepository } from './picture-view.repository.js';
import { ProductCardReader } from './product-card.reader.js';
import { ProductViewRepository } from './product-view.repository.js';
import { PublishedProductViewRepository } from './published-product-view.repository.js';
import { ProductRecords } from './records/product-records.js';
import { ProductReader } from './product.reader.js';
import { SellableReader } from './sellable.reader.js';
import { RelatedProductReader } from './related-product.reader.js';
import { RelatedProductViewRepository } from './related-product-view.repository.js';

const readers = [
  CategoryTreeReader,
  ProductReader,
  ProductCardReader,
  SellableReader,
  RelatedProductReader,
  PictureReader,
];

/** The catalog as storefronts read it, from the cache. Needs the database and cache modules. */
@Module({
  imports: [StoresModule, PricingModule, InventoryModule],
  providers: [
    CategoryTreeViewRepository,
    PictureViewRepository,
    ProductViewRepository,
    PublishedProductViewRepository,
    RelatedProductViewRepository,
    ProductRecords,
    ...readers,
  ],
  exports: [StoresModule, ProductRecords, ...readers, PublishedProductViewRepository],
})
export class CatalogModule {}
