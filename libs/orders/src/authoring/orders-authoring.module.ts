import { ProductPopularityRepository } from '#libs/catalog';
import { Module } from '@nestjs/common';
import { TellsPersonalData } from '#libs/database';
import { CustomersModelModule } from '#libs/customers';
import { InventoryModelModule } from '#libs/inventory';
import { MailModule } from '#libs/mail';
import { PaymentsModelModule } from '#libs/payments';
import { PromotionsModelModule } from '#libs/promotions';
import { StoresModelModule } from '#libs/stores';
import { OrdersModelModule } from '../model/orders-model.module.js';
import { LostPieces } from '../model/fulfilment/lost-pieces.js';
import { ShipmentRepository } from '../model/fulfilment/shipment.repository.js';
import { AwaitingOrders } from './confirming/awaiting-orders.js';
import { ConfirmOrderHandler } from './confirming/confirm-order.handler.js';
import { ConfirmingNews } from './confirming/confirming-news.js';
import { FindAwaitingOrdersHandler } from './confirming/find-awaiting-orders.handler.js';
import { LineStockRepository } from './confirming/line-stock.repository.js';
import { OrderConfirmation } from './confirming/order-confirmation.js';
import { OrderPlacingModule } from '../storefront/order-placing.module.js';
import { ShortStock } from './placing/short-stock.js';
import { StaffOrderEditor } from './placing/staff-order.editor.js';
import { StaffOrderPlacing } from './placing/staff-order-placing.js';
import { StaffOrderPlanning } from './placing/staff-order-planning.js';
import { OrderDraftDirectory } from './drafts/order-draft.directory.js';
import { OrderDraftEditor } from './drafts/order-draft.editor.js';
import { OrderDraftEraser } from './drafts/order-draft.eraser.js';
import { OrderDraftPlacing } from './drafts/order-draft.placing.js';
import { OrderDraftRepository } from './drafts/order-draft.repository.js';
import { BillingAddressEditor } from './editing/billing-address.editor.js';
import { OrderEditEditor } from './editing/order-edit.editor.js';
import { OrderEditPlanning } from './editing/order-edit-planning.js';
import { OrderEditWriting } from './editing/order-edit-writing.js';
import { ExpireOrderHandler } from './expiry/expire-order.handler.js';
import { FindUnpaidOrdersHandler } from './expiry/find-unpaid-orders.handler.js';
import { OrderExpiry } from './expiry/order-expiry.js';
import { UnpaidOrders } from './expiry/unpaid-orders.js';
import { FulfilmentDirectory } from './fulfilment/fulfilment.directory.js';
import { OrderFulfilment } from './fulfilment/order-fulfilment.js';
import { ParcelTracking } from './fulfilment/parcel-tracking.js';
import { RenewOrderHistoryHandler } from './history/renew-order-history.handler.js';
import { ConfirmationAttachments } from './mails/confirmation-attachments.js';
import { OrderMailWriter } from './mails/order-mail.writer.js';
import { WriteOrderMailHandler } from './mails/write-order-mail.handler.js';
import { OrderedProductsRepository } from './popularity/ordered-products.repository.js';
import { RatePopularityHandler } from './popularity/rate-popularity.handler.js';
import { ReturnEditor } from './returns/return.editor.js';
import { ReturnSteps } from './returns/return-steps.js';
import { OrderCancellation } from './order-cancellation.js';
import { OrderChanges } from './order-changes.js';
import { OrderDirectory } from './order.directory.js';
import { OrderEditor } from './order.editor.js';
import { OrderNotes } from './order-notes.js';
import { OrderPaymentActs } from './order-payment-acts.js';
import { OrderPaymentDirectory } from './order-payment.directory.js';
import { OrderPaymentEditor } from './order-payment.editor.js';
import { OrdersStoreDependant } from './orders-store-dependant.js';
import { ordersPersonalData } from './orders-personal-data.js';

/** Orders as the back office works on them. Needs the database and cache modules. */
@Module({
  imports: [
    CustomersModelModule,
    InventoryModelModule,
    MailModule,
    OrderPlacingModule,
    OrdersModelModule,
    PaymentsModelModule,
    PromotionsModelModule,
    StoresModelModule,
  ],
  providers: [
    AwaitingOrders,
    ConfirmingNews,
    ConfirmOrderHandler,
    ExpireOrderHandler,
    FindAwaitingOrdersHandler,
    FindUnpaidOrdersHandler,
    FulfilmentDirectory,
    LineStockRepository,
    OrderConfirmation,
    ShortStock,
    StaffOrderEditor,
    StaffOrderPlacing,
    StaffOrderPlanning,
    OrderDraftDirectory,
    OrderDraftEditor,
    OrderDraftEraser,
    OrderDraftPlacing,
    OrderDraftRepository,
    OrderEditEditor,
    BillingAddressEditor,
    OrderEditPlanning,
    OrderEditWriting,
    OrderCancellation,
    OrderChanges,
    OrderExpiry,
    OrderDirectory,
    OrderEditor,
    OrderFulfilment,
    OrderNotes,
    LostPieces,
    OrderedProductsRepository,
    ProductPopularityRepository,
    ParcelTracking,
    RatePopularityHandler,
    RenewOrderHistoryHandler,
    ReturnEditor,
    ReturnSteps,
    ShipmentRepository,
    ConfirmationAttachments,
    OrderMailWriter,
    OrderPaymentActs,
    OrderPaymentDirectory,
    OrderPaymentEditor,
    WriteOrderMailHandler,
    OrdersStoreDependant,
    UnpaidOrders,
  ],
  exports: [
    OrderDraftDirectory,
    OrderDraftEditor,
    OrderDraftPlacing,
    OrderEditEditor,
    BillingAddressEditor,
    OrderEditPlanning,
    ShortStock,
    StaffOrderEditor,
    StaffOrderPlanning,
    ReturnEditor,
    FulfilmentDirectory,
    OrderNotes,
    OrderDirectory,
    OrderEditor,
    OrderPaymentDirectory,
    OrderPaymentEditor,
  ],
})
@TellsPersonalData(ordersPersonalData)
export class OrdersAuthoringModule {}
