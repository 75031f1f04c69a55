import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { CartsModule } from '#libs/carts';
import { CustomersModule } from '#libs/customers';
import { OrdersModule } from '#libs/orders';
import { StoresModule } from '#libs/stores';
import { BelongingsController } from './belongings.controller.js';
import { ProfileController } from './profile.controller.js';
import { RegistrationController } from './registration.controller.js';
import { ShopperSessionController } from './shopper-session.controller.js';

/** `/stores/{store}/customers`, `/stores/{store}/sessions`, `/stores/{store}/password-resets`, `/customers/me`. */
@Module({
  imports: [CartsModule, CatalogModule, CustomersModule, OrdersModule, StoresModule],
  controllers: [
    RegistrationController,
    ShopperSessionController,
    ProfileController,
    BelongingsController,
  ],
})
export class CustomersApiModule {}
