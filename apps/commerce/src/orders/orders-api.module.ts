import { Module } from '@nestjs/common';
import { OrdersModelModule, OrdersModule } from '#libs/orders';
import { PaymentsModule } from '#libs/payments';
import { ReturnController } from './return.controller.js';
import { OrderController } from './order.controller.js';

/** `/carts/{id}/checkout`, `/orders`. */
@Module({
  imports: [OrdersModelModule, OrdersModule, PaymentsModule],
  controllers: [OrderController, ReturnController],
})
export class OrdersApiModule {}
