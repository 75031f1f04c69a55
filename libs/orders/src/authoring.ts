export { OrderDirectory } from './authoring/order.directory.js';
export { OrderEditor } from './authoring/order.editor.js';
export { OrdersAuthoringModule } from './authoring/orders-authoring.module.js';
export { ordersAuthoringSlice } from './authoring/slice.js';
