// The slices of the role, one a line; `npm run new:slice` adds its own.
export { cartsSlice } from '#libs/carts';
export { catalogSlice } from '#libs/catalog';
export { customersSlice } from '#libs/customers';
export { inventorySlice } from '#libs/inventory';
export { invoicesSlice } from '#libs/invoices';
export { mailSlice } from '#libs/mail';
export { ordersSlice } from '#libs/orders';
export { paymentsSlice } from '#libs/payments';
export { pricingSlice } from '#libs/pricing';
export { promotionsSlice } from '#libs/promotions';
export { scalingSlice } from '#libs/scaling';
export { searchSlice } from '#libs/search';
export { storesSlice } from '#libs/stores';
