import { Module } from '@nestjs/common';
import { OrdersAuthoringModule } from '#authoring/orders';
import { OrderController } from './order.controller.js';
import { PaymentController } from './payment.controller.js';

/** `/orders`, with their payments. */
@Module({ imports: [OrdersAuthoringModule], controllers: [OrderController, PaymentController] })
export class OrdersApiModule {}
