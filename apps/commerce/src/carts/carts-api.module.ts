import { Module } from '@nestjs/common';
import { CartsModule } from '#libs/carts';
import { StoresModule } from '#libs/stores';
import { PaymentsModule } from '#libs/payments';
import { CartCouponController } from './cart-coupon.controller.js';
import { CartController } from './cart.controller.js';

/** `/stores/{store}/carts`, `/carts`. */
@Module({
  imports: [CartsModule, PaymentsModule, StoresModule],
  controllers: [CartController, CartCouponController],
})
export class CartsApiModule {}
