import { Module } from '@nestjs/common';
import { InventoryModelModule } from '#libs/inventory';
import { MailModule } from '#libs/mail';
import { PaymentsModelModule } from '#libs/payments';
import { PromotionsModelModule } from '#libs/promotions';
import { StoresModelModule } from '#libs/stores';
import { OrdersModelModule } from '../model/orders-model.module.js';
import { OrderMailWriter } from './mails/order-mail.writer.js';
import { WriteOrderMailHandler } from './mails/write-order-mail.handler.js';
import { OrderDirectory } from './order.directory.js';
import { OrderReversal } from './order-reversal.js';
import { OrderEditor } from './order.editor.js';
import { OrderPaymentActs } from './order-payment-acts.js';
import { OrderPaymentDirectory } from './order-payment.directory.js';
import { OrderPaymentEditor } from './order-payment.editor.js';
import { OrdersStoreDependant } from './orders-store-dependant.js';

/** Orders as the back office works on them. Needs the database and cache modules. */
@Module({
  imports: [
    InventoryModelModule,
    MailModule,
    OrdersModelModule,
    PaymentsModelModule,
    PromotionsModelModule,
    StoresModelModule,
  ],
  providers: [
    OrderDirectory,
    OrderReversal,
    OrderEditor,
    OrderMailWriter,
    OrderPaymentActs,
    OrderPaymentDirectory,
    OrderPaymentEditor,
    WriteOrderMailHandler,
    OrdersStoreDependant,
  ],
  exports: [OrderDirectory, OrderEditor, OrderPaymentDirectory, OrderPaymentEditor],
})
export class OrdersAuthoringModule {}
