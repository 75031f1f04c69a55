import { Module } from '@nestjs/common';
import { CartsModule } from '#libs/carts';
import { InventoryModelModule } from '#libs/inventory';
import { PaymentsModelModule } from '#libs/payments';
import { PromotionsModelModule } from '#libs/promotions';
import { ScalingModule } from '#libs/scaling';
import { StoresModule } from '#libs/stores';
import { OrdersModelModule } from '../model/orders-model.module.js';
import { CheckoutPlanning } from './checkout-planning.js';
import { OrderPlacing } from './order-placing.js';
import { OrderRepository } from './order.repository.js';
import { PlanCheck } from './plan-check.js';

/** What makes orders of carts, in both roles. Needs the database and cache modules. */
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
  providers: [OrderRepository, PlanCheck, CheckoutPlanning, OrderPlacing],
  exports: [CartsModule, CheckoutPlanning, OrderPlacing, OrderRepository, PlanCheck],
})
export class OrderPlacingModule {}
