import { Module } from '@nestjs/common';
import { OrdersModule } from '#libs/orders';
import { PaymentsModule } from '#libs/payments';
import { PaymentController } from './payment.controller.js';

/** `/payments`, `/orders/{number}/payment`. */
@Module({ imports: [OrdersModule, PaymentsModule], controllers: [PaymentController] })
export class PaymentsApiModule {}
