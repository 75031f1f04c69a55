import { Module } from '@nestjs/common';
import { CatalogAuthoringModule } from '#authoring/catalog';
import { InventoryAuthoringModule } from '#authoring/inventory';
import { PricingAuthoringModule } from '#authoring/pricing';
import { StoresAuthoringModule } from '#authoring/stores';
import { CategoryController } from './category.controller.js';
import { LocationController } from './location.controller.js';
import { PickUpLocations } from './pick-up-locations.js';
import { ProductController } from './product.controller.js';
import { ShippingMethodController } from './shipping-method.controller.js';
import { StockMovementController } from './stock-movement.controller.js';
import { StoreSettingsController } from './store-settings.controller.js';
import { StoreController } from './store.controller.js';
import { VariantPriceController } from './variant-price.controller.js';
import { VariantStockController } from './variant-stock.controller.js';

/** `/stores`, `/categories`, `/products`, `/locations`. */
@Module({
  imports: [
    StoresAuthoringModule,
    PricingAuthoringModule,
    InventoryAuthoringModule,
    CatalogAuthoringModule,
  ],
  controllers: [
    StoreController,
    StoreSettingsController,
    ShippingMethodController,
    CategoryController,
    ProductController,
    VariantPriceController,
    VariantStockController,
    StockMovementController,
    LocationController,
  ],
  providers: [PickUpLocations],
})
export class CatalogApiModule {}
