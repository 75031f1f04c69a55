export { awaitingOrdersSchedule } from './authoring/confirming/awaiting-orders.schedule.js';
export { draftLimits, type DraftContent, type OrderDraft } from './authoring/drafts/order-draft.js';
export { OrderDraftDirectory } from './authoring/drafts/order-draft.directory.js';
export { OrderDraftEditor } from './authoring/drafts/order-draft.editor.js';
export { OrderDraftPlacing } from './authoring/drafts/order-draft.placing.js';
export { BillingAddressEditor } from './authoring/editing/billing-address.editor.js';
export { OrderEditEditor } from './authoring/editing/order-edit.editor.js';
export { OrderEditPlanning } from './authoring/editing/order-edit-planning.js';
export type { OrderEdit } from './authoring/editing/order-edit.js';
export { ratePopularitySchedule } from './authoring/popularity/rate-popularity.schedule.js';
export { unpaidOrdersSchedule } from './authoring/expiry/unpaid-orders.schedule.js';
export {
  FulfilmentDirectory,
  type Fulfilment,
} from './authoring/fulfilment/fulfilment.directory.js';
export { OrderDirectory } from './authoring/order.directory.js';
export { OrderEditor, type PartOfOrder } from './authoring/order.editor.js';
export { OrderNotes } from './authoring/order-notes.js';
export { OrderPaymentDirectory } from './authoring/order-payment.directory.js';
export {
  OrderPaymentEditor,
  type PaymentCommand,
  type PaymentView,
} from './authoring/order-payment.editor.js';
export { ShortStock } from './authoring/placing/short-stock.js';
export { StaffOrderEditor } from './authoring/placing/staff-order.editor.js';
export { StaffOrderPlanning } from './authoring/placing/staff-order-planning.js';
export type { StaffOrder } from './authoring/placing/staff-order.js';
export { OrdersAuthoringModule } from './authoring/orders-authoring.module.js';
export { ordersAuthoringSlice } from './authoring/slice.js';
export { ReturnEditor } from './authoring/returns/return.editor.js';
