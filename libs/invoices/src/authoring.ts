export { InvoiceDirectory } from './authoring/invoice.directory.js';
export { InvoiceEditor } from './authoring/invoice.editor.js';
export { InvoicesAuthoringModule } from './authoring/invoices-authoring.module.js';
export { invoicesAuthoringSlice } from './authoring/slice.js';
