import { Module } from '@nestjs/common';
import { CartsModule } from '#libs/carts';
import { CustomersModule } from '#libs/customers';
import { OrdersModule } from '#libs/orders';
import { StoresModule } from '#libs/stores';
import { ProfileController } from './profile.controller.js';
import { RegistrationController } from './registration.controller.js';
import { ShopperSessionController } from './shopper-session.controller.js';

/** `/stores/{store}/customers`, `/stores/{store}/sessions`, `/stores/{store}/password-resets`, `/customers/me`. */
@Module({
  imports: [CartsModule, CustomersModule, OrdersModule, StoresModule],
  controllers: [RegistrationController, ShopperSessionController, ProfileController],
})
export class CustomersApiModule {}
