import { Module } from '@nestjs/common';
import { OrdersModule } from '#libs/orders';
import { PaymentsModule } from '#libs/payments';
import { StoresModule } from '#libs/stores';
import { PaymentController } from './payment.controller.js';

/** `/stores/{store}/payment-methods`, `/orders/{number}/payment`, `/payments/webhooks`. */
@Module({ imports: [OrdersModule, PaymentsModule, StoresModule], controllers: [PaymentController] })
export class PaymentsApiModule {}
