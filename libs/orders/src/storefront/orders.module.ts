import { Module } from '@nestjs/common';
import { CartsModule } from '#libs/carts';
import { InventoryModelModule } from '#libs/inventory';
import { StoresModule } from '#libs/stores';
import { OrderLookup } from '../model/order-lookup.js';
import { OrderTransitionRepository } from '../model/order-transition.repository.js';
import { CheckoutPlanning } from './checkout-planning.js';
import { Checkout } from './checkout.js';
import { OrderPlacing } from './order-placing.js';
import { OrderReader } from './order.reader.js';
import { OrderRepository } from './order.repository.js';
import { PlanCheck } from './plan-check.js';

/** Placing orders, and reading one's own. Needs the database and cache modules. */
@Module({
  imports: [CartsModule, InventoryModelModule, StoresModule],
  providers: [
    OrderLookup,
    OrderTransitionRepository,
    OrderRepository,
    OrderReader,
    PlanCheck,
    CheckoutPlanning,
    OrderPlacing,
    Checkout,
  ],
  exports: [OrderReader, Checkout],
})
export class OrdersModule {}
