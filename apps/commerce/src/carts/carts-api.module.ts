import { Module } from '@nestjs/common';
import { CartsModule } from '#libs/carts';
import { StoresModule } from '#libs/stores';
import { PaymentsModule } from '#libs/payments';
import { CartCouponController } from './cart-coupon.controller.js';
import { CartController } from './cart.controller.js';
import { OwnPriceController } from './own-price.controller.js';

/** `/stores/{store}/carts`, `/carts`, `/stores/{store}/prices`. */
@Module({
  imports: [CartsModule, PaymentsModule, StoresModule],
  controllers: [CartController, CartCouponController, OwnPriceController],
})
export class CartsApiModule {}
