export { agreedPartsOf } from './model/agreed-parts.js';
export { orderAwaits } from './model/confirming/order-awaits.js';
export { openQuantity, type LineProgress } from './model/fulfilment/line-progress.js';
export { shipmentLimits, type Shipment } from './model/fulfilment/shipment.js';
export { addressLines } from './model/letters/order-letters.js';
export { amountText, dayText, rateText } from './model/letters/order-words.js';
export { OrderBilling, type BillsOrders } from './model/order-billing.js';
export { OrderLookup } from './model/order-lookup.js';
export { OrderObservers, type OrderObserver } from './model/order-observers.js';
export {
  orderActions,
  orderPaymentStates,
  orderStates,
  type OrderAction,
  type OrderStates,
} from './model/order-state.js';
export { orderTopic } from './model/order-topic.js';
export type { OrderFilter } from './model/order-filter.js';
export { ConfirmationFiles } from './model/letters/confirmation-files.js';
export { OrdersModelModule } from './model/orders-model.module.js';
export type { OrderGlance } from './model/history/order-glance.js';
export { ordersErrors } from './model/orders.errors.js';
export type { Order, OrderHead } from './model/order.js';
export { Checkout } from './storefront/checkout.js';
export { OrderHistory } from './storefront/order-history.js';
export { OrderReader, type OrderAccess } from './storefront/order.reader.js';
export { OrderProgressReader, type HeldOrder } from './storefront/order-progress.reader.js';
export { OrdersModule } from './storefront/orders.module.js';
export { ordersSlice } from './slice.js';
export { returnStates, type OrderReturn } from './model/returns/order-return.js';
export { ReturnRequests } from './storefront/return-requests.js';
