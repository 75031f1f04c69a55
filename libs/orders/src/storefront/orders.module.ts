import { Module } from '@nestjs/common';
import { PaymentsModelModule } from '#libs/payments';
import { OrdersModelModule } from '../model/orders-model.module.js';
import { Checkout } from './checkout.js';
import { OrderHistory } from './order-history.js';
import { OrderPlacingModule } from './order-placing.module.js';
import { OrderProgressReader } from './order-progress.reader.js';
import { OrderReader } from './order.reader.js';
import { ReturnRequests } from './return-requests.js';

/** Placing orders, and reading one's own. Needs the database and cache modules. */
@Module({
  imports: [OrderPlacingModule, OrdersModelModule, PaymentsModelModule],
  providers: [OrderHistory, OrderReader, OrderProgressReader, ReturnRequests, Checkout],
  exports: [OrderHistory, OrderReader, OrderProgressReader, ReturnRequests, Checkout],
})
export class OrdersModule {}
