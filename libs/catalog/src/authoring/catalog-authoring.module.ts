import { StockedProducts } from '#libs/inventory';
import { PricedProducts, SelectedProducts } from '#libs/pricing';
import { StoresModelModule } from '#libs/stores';
import { Global, Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { catalogEntities } from '../model/catalog-entities.js';
import { CatalogStoreDependant } from './catalog-store-dependant.js';
import { CategoryPathFinder } from './categories/category-path.js';
import { CategoryDirectory } from './categories/category.directory.js';
import { CategoryEditor } from './categories/category.editor.js';
import { CategoryRepository } from './categories/category.repository.js';
import { PictureRepository } from './products/picture.repository.js';
import { ProductHeadRepository } from './products/product-head.repository.js';
import { ProductRowRepository } from './products/product-row.repository.js';
import { ProductSearchRepository } from './listing/product-search.repository.js';
import { ProductRepository } from './products/product.repository.js';
import { ProductDirectory } from './listing/product.directory.js';
import { ListedProductRepository } from './listing/listed-product.repository.js';
import { ProductEditor } from './products/product.editor.js';
import { ProductSheets } from './listing/product-sheets.js';
import { ProductWriter } from './products/product.writer.js';
import { RebuildRelatedProductsHandler } from './related/rebuild-related-products.handler.js';
import { SelectedProductRepository } from './listing/selected-product.repository.js';
import { RelatedProductRepository } from './related/related-product.repository.js';

const operations = [CategoryDirectory, CategoryEditor, ProductDirectory, ProductEditor];

/**
 * The catalog as the back office changes it. Needs the database module and the authoring modules of
 * pricing and inventory, to which it provides their ports; no cache, no Redis.
 */
@Global()
@Module({
  imports: [DatabaseModule.forEntities(catalogEntities), StoresModelModule],
  providers: [
    CategoryRepository,
    CategoryPathFinder,
    ProductRowRepository,
    ProductHeadRepository,
    ProductRepository,
    ProductSheets,
    ProductWriter,
    ListedProductRepository,
    { provide: PricedProducts, useExisting: ListedProductRepository },
    { provide: SelectedProducts, useClass: SelectedProductRepository },
    { provide: StockedProducts, useExisting: ListedProductRepository },
    ProductSearchRepository,
    RelatedProductRepository,
    PictureRepository,
    RebuildRelatedProductsHandler,
    CatalogStoreDependant,
    ...operations,
  ],
  exports: [
    ...operations,
    CategoryRepository,
    CategoryPathFinder,
    PricedProducts,
    SelectedProducts,
    StockedProducts,
    ProductWriter,
    RelatedProductRepository,
    PictureRepository,
  ],
})
export class CatalogAuthoringModule {}
