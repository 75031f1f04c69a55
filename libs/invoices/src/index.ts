export { invoiceKinds, type Invoice, type InvoiceHead } from './model/invoice.js';
export type { InvoiceFilter } from './model/invoice-lookup.js';
export { invoicesErrors } from './model/invoices.errors.js';
export { InvoiceFiles } from './model/page/invoice-files.js';
export { InvoiceReader } from './storefront/invoice.reader.js';
export { InvoicesModule } from './storefront/invoices.module.js';
export { invoicesSlice } from './slice.js';
