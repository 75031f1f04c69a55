import { Module } from '@nestjs/common';
import { CategoryTreeReader } from './category/category-tree.reader.js';
import { ProductCardReader } from './product/product-card.reader.js';
import { ProductViewRepository } from './product/product-view.repository.js';
import { ProductReader } from './product/product.reader.js';
import { StoreReader } from './store/store.reader.js';

const readers = [StoreReader, CategoryTreeReader, ProductReader, ProductCardReader];

/** The catalog as storefronts read it, from the cache. Needs the database and cache modules. */
@Module({ providers: [ProductViewRepository, ...readers], exports: readers })
export class CatalogModule {}
