import { Module } from '@nestjs/common';
import { OrdersModule } from '#libs/orders';
import { PaymentsModule } from '#libs/payments';
import { ReturnController } from './return.controller.js';
import { OrderController } from './order.controller.js';

/** `/carts/{id}/checkout`, `/orders`. */
@Module({
  imports: [OrdersModule, PaymentsModule],
  controllers: [OrderController, ReturnController],
})
export class OrdersApiModule {}
