import { Module } from '@nestjs/common';
import { OrdersAuthoringModule } from '#authoring/orders';
import { OrderController } from './order.controller.js';

/** `/orders`. */
@Module({ imports: [OrdersAuthoringModule], controllers: [OrderController] })
export class OrdersApiModule {}
