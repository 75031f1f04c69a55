import { Module } from '@nestjs/common';
import { OrdersModule } from '#libs/orders';
import { OrderController } from './order.controller.js';

/** `/carts/{id}/checkout`, `/orders`. */
@Module({ imports: [OrdersModule], controllers: [OrderController] })
export class OrdersApiModule {}
