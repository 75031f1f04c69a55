export { OrderDirectory } from './authoring/order.directory.js';
export { OrderEditor } from './authoring/order.editor.js';
export { OrderPaymentDirectory } from './authoring/order-payment.directory.js';
export {
  OrderPaymentEditor,
  type PaymentCommand,
  type PaymentView,
} from './authoring/order-payment.editor.js';
export { OrdersAuthoringModule } from './authoring/orders-authoring.module.js';
export { ordersAuthoringSlice } from './authoring/slice.js';
