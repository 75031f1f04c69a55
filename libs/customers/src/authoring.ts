export { CreditEditor } from './authoring/credit.editor.js';
export { CustomerGroupEditor, type CustomerGroup } from './authoring/customer-group.editor.js';
export { CustomerErasure } from './authoring/customer-erasure.js';
export { CustomerDirectory } from './authoring/customer.directory.js';
export { CustomerEditor } from './authoring/customer.editor.js';
export { CustomersAuthoringModule } from './authoring/customers-authoring.module.js';
export { customersAuthoringSlice } from './authoring/slice.js';
