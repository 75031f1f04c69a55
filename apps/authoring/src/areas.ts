// The routes of the role, one area a line; `npm run new:slice` adds its own.
export { CacheApiModule } from './cache/cache-api.module.js';
export { CatalogApiModule } from './catalog/catalog-api.module.js';
export { CustomersApiModule } from './customers/customers-api.module.js';
export { FleetApiModule } from './fleet/fleet-api.module.js';
export { IdentityApiModule } from './identity/identity-api.module.js';
export { ImportsApiModule } from './imports/imports-api.module.js';
export { InvoicesApiModule } from './invoices/invoices-api.module.js';
export { JobsApiModule } from './jobs/jobs-api.module.js';
export { MailsApiModule } from './mails/mails-api.module.js';
export { NotificationsApiModule } from './notifications/notifications-api.module.js';
export { OrdersApiModule } from './orders/orders-api.module.js';
export { PricingApiModule } from './pricing/pricing-api.module.js';
export { PromotionsApiModule } from './promotions/promotions-api.module.js';
export { ScalingApiModule } from './scaling/scaling-api.module.js';
export { SearchApiModule } from './search/search-api.module.js';
