import { Module } from '@nestjs/common';
import { CustomersModelModule } from '#libs/customers';
import { PaymentsModelModule } from '#libs/payments';
import { OrderLinks } from './links/order-links.js';
import { OrderCredit } from './order-credit.js';
import { OrderLookup } from './order-lookup.js';
import { OrderMoves } from './order-moves.js';
import { OrderPaymentObserver } from './order-payment-observer.js';
import { OrderTransitionRepository } from './order-transition.repository.js';

/** What both roles need of orders: finding them, their history, and what their payments do to them. */
@Module({
  imports: [CustomersModelModule, PaymentsModelModule],
  providers: [
    OrderLinks,
    OrderLookup,
    OrderTransitionRepository,
    OrderMoves,
    OrderPaymentObserver,
    OrderCredit,
  ],
  exports: [OrderLinks, OrderLookup, OrderTransitionRepository, OrderMoves],
})
export class OrdersModelModule {}
