import { Module } from '@nestjs/common';
import { CartsModule } from '#libs/carts';
import { InventoryModelModule } from '#libs/inventory';
import { PaymentsModelModule } from '#libs/payments';
import { PromotionsModelModule } from '#libs/promotions';
import { ScalingModule } from '#libs/scaling';
import { StoresModule } from '#libs/stores';
import { OrdersModelModule } from '../model/orders-model.module.js';
import { CheckoutPlanning } from './checkout-planning.js';
import { Checkout } from './checkout.js';
import { OrderHistory } from './order-history.js';
import { OrderPlacing } from './order-placing.js';
import { OrderProgressReader } from './order-progress.reader.js';
import { OrderReader } from './order.reader.js';
import { OrderRepository } from './order.repository.js';
import { ReturnRequests } from './return-requests.js';
import { PlanCheck } from './plan-check.js';

/** Placing orders, and reading one's own. Needs the database and cache modules. */
@Module({
  imports: [
    CartsModule,
    InventoryModelModule,
    OrdersModelModule,
    PaymentsModelModule,
    PromotionsModelModule,
    ScalingModule,
    StoresModule,
  ],
  providers: [
    OrderRepository,
    OrderHistory,
    OrderReader,
    OrderProgressReader,
    PlanCheck,
    ReturnRequests,
    CheckoutPlanning,
    OrderPlacing,
    Checkout,
  ],
  exports: [OrderHistory, OrderReader, OrderProgressReader, ReturnRequests, Checkout],
})
export class OrdersModule {}
