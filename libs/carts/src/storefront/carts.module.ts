import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { InventoryModelModule, InventoryModule } from '#libs/inventory';
import { PricingModule } from '#libs/pricing';
import { PromotionsModelModule, PromotionsModule } from '#libs/promotions';
import { StoresModule } from '#libs/stores';
import { CartCoupons } from './cart-coupons.js';
import { CartHolds } from './cart-holds.js';
import { CartPrices } from './cart-prices.js';
import { CartPricing } from './cart-pricing.js';
import { CartShipping } from './cart-shipping.js';
import { CartPromoting } from './cart-promoting.js';
import { CartEditor } from './cart.editor.js';
import { CartRepository } from './cart.repository.js';
import { CartVersions } from './cart-versions.js';
import { CustomerCarts } from './customer-carts.js';
import { ImaginedCarts } from './imagined-carts.js';
import { ShopperPrices } from './shopper-prices.js';

/** Carts as their owners see and change them. Needs the database and cache modules. */
@Module({
  imports: [
    CatalogModule,
    InventoryModelModule,
    InventoryModule,
    PricingModule,
    PromotionsModule,
    PromotionsModelModule,
    StoresModule,
  ],
  providers: [
    ImaginedCarts,
    CartRepository,
    CartHolds,
    CartPromoting,
    CartShipping,
    CartPrices,
    CartPricing,
    CartEditor,
    CartCoupons,
    CartVersions,
    CustomerCarts,
    ShopperPrices,
  ],
  exports: [
    ImaginedCarts,
    CartRepository,
    CartPricing,
    CartEditor,
    CartCoupons,
    CartVersions,
    CustomerCarts,
    ShopperPrices,
  ],
})
export class CartsModule {}
