import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { InventoryModule } from '#libs/inventory';
import { PricingModule } from '#libs/pricing';
import { StoresModule } from '#libs/stores';
import { CartPricing } from './cart-pricing.js';
import { CartEditor } from './cart.editor.js';
import { CartRepository } from './cart.repository.js';

/** Carts as their owners see and change them. Needs the database and cache modules. */
@Module({
  imports: [CatalogModule, InventoryModule, PricingModule, StoresModule],
  providers: [CartRepository, CartPricing, CartEditor],
  exports: [CartRepository, CartPricing, CartEditor],
})
export class CartsModule {}
