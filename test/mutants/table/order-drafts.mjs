const folder = 'libs/orders/src/authoring/drafts';
const suites = [`${folder}/order-draft.int-spec.ts`];
const repository = `${folder}/order-draft.repository.ts`;
const placing = `${folder}/order-draft.placing.ts`;

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'order drafts: one becomes two orders',
    promise: 'OrderDraftPlacing: a draft is consumed in the unit of work of its order',
    file: placing,
    replace: [
      ['if (!(await this.drafts.tryRemove(tx, draft))) throw ordersErrors.draftNotFound();', ''],
      ["import { ordersErrors } from '../../model/orders.errors.js';", ''],
    ],
    suites,
  },
  {
    name: 'order drafts: the same request is not known again',
    promise: 'OrderDraftPlacing: the same request is answered the same',
    file: placing,
    replace: [['`order-draft:${address.id}`', '`order-draft:${Math.random()}`']],
    suites,
  },
  {
    name: 'order drafts: one is placed that nobody has seen so',
    promise: 'OrderDraftPlacing: http.stale-version',
    file: placing,
    replace: [['if (draft.version !== version)', 'if (draft.version < version)']],
    suites,
  },
  {
    name: 'order drafts: other stores find them',
    promise: 'OrderDraftDirectory: always within one store',
    file: repository,
    replace: [['WHERE store_id = ${storeId} AND id = ${id}', 'WHERE id = ${id}']],
    suites,
  },
  {
    name: 'order drafts: the later of two versions is written over',
    promise: 'OrderDraftEditor.replace: http.stale-version',
    file: repository,
    replace: [[' AND version = ${draft.version - 1}', '']],
    suites,
  },
  {
    name: 'order drafts: they outlive the person they are for',
    promise: 'OrderDraftEraser: drafts go with the person',
    file: repository,
    replace: [['WHERE customer_id = ${customerId}`', "WHERE customer_id = ${''}`"]],
    suites,
  },
  {
    name: 'order drafts: they are written for who was erased',
    promise: 'OrderDraftEditor: customers.customer-not-found for one who was erased',
    file: `${folder}/order-draft.editor.ts`,
    replace: [['customer === undefined || customer.erasedAt !== null', 'customer === undefined']],
    suites,
  },
  {
    name: 'order drafts: one that is written while its person is erased outlives them',
    promise: 'OrderDraftEraser: no draft is written for a person while they are erased',
    file: `${folder}/order-draft.eraser.ts`,
    replace: [['await this.drafts.removeOf(tx, customerId);', 'void this.drafts;']],
    suites: [`${folder}/order-draft-erasure.int-spec.ts`],
  },
  {
    name: 'order drafts: those of guests stay for ever',
    promise: 'OrderDraftEraser: they go when they have not been written for long',
    file: `${folder}/order-draft.eraser.ts`,
    replace: [['expires_at < ${now}', 'expires_at < ${0 * now}']],
    suites,
  },
  {
    name: 'order drafts: their store goes without them',
    promise: 'OrdersStoreDependant: a store stays as long as there are drafts of it',
    file: 'libs/orders/src/authoring/orders-store-dependant.ts',
    replace: [['return drafts.length > 0;', 'return drafts.length > 1_000;']],
    suites,
  },
];
