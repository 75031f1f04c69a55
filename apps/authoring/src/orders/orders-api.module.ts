import { Module } from '@nestjs/common';
import { OrdersAuthoringModule } from '#authoring/orders';
import { OrdersModelModule } from '#libs/orders';
import { BillingAddressController } from './billing-address.controller.js';
import { FulfilmentController } from './fulfilment.controller.js';
import { OrderNoteController } from './order-note.controller.js';
import { OrderDraftController } from './order-draft.controller.js';
import { OrderEditController } from './order-edit.controller.js';
import { OrderController } from './order.controller.js';
import { ReturnController } from './return.controller.js';
import { StaffOrderController } from './staff-order.controller.js';
import { PaymentController } from './payment.controller.js';

/** `/orders`, with their payments. */
@Module({
  imports: [OrdersAuthoringModule, OrdersModelModule],
  controllers: [
    BillingAddressController,
    ReturnController,
    FulfilmentController,
    OrderController,
    OrderDraftController,
    OrderEditController,
    OrderNoteController,
    PaymentController,
    StaffOrderController,
  ],
})
export class OrdersApiModule {}
