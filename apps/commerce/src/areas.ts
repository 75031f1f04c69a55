// The routes of the role, one area a line; `npm run new:slice` adds its own.
export { CartsApiModule } from './carts/carts-api.module.js';
export { CatalogApiModule } from './catalog/catalog-api.module.js';
export { CustomersApiModule } from './customers/customers-api.module.js';
export { InvoicesApiModule } from './invoices/invoices-api.module.js';
export { LiveApiModule } from './live/live-api.module.js';
export { OrdersApiModule } from './orders/orders-api.module.js';
export { PaymentsApiModule } from './payments/payments-api.module.js';
