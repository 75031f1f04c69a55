export { CreditEditor } from './authoring/credit.editor.js';
export { CustomerGroupEditor, type CustomerGroup } from './authoring/customer-group.editor.js';
export { CustomerErasure } from './authoring/customer-erasure.js';
export { CustomerDirectory } from './authoring/customer.directory.js';
export { CustomerEditor } from './authoring/customer.editor.js';
export { PersonalExports } from './authoring/personal-data/personal-exports.js';
export type { PersonalExport } from './authoring/personal-data/personal-export.repository.js';
export { CustomersAuthoringModule } from './authoring/customers-authoring.module.js';
export { customersAuthoringSlice } from './authoring/slice.js';
