// The slices of the role, one a line; `npm run new:slice` adds its own.
export { cartsAuthoringSlice } from '#authoring/carts';
export { catalogAuthoringSlice } from '#authoring/catalog';
export { customersAuthoringSlice } from '#authoring/customers';
export { identityAuthoringSlice } from '#authoring/identity';
export { inventoryAuthoringSlice } from '#authoring/inventory';
export { invoicesAuthoringSlice } from '#authoring/invoices';
export { mailAuthoringSlice } from '#authoring/mail';
export { ordersAuthoringSlice } from '#authoring/orders';
export { paymentsAuthoringSlice } from '#authoring/payments';
export { pricingAuthoringSlice } from '#authoring/pricing';
export { promotionsAuthoringSlice } from '#authoring/promotions';
export { scalingAuthoringSlice } from '#authoring/scaling';
export { searchAuthoringSlice } from '#authoring/search';
export { storesAuthoringSlice } from '#authoring/stores';
