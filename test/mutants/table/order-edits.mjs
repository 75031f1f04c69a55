const folder = 'libs/orders/src/authoring/editing';
const rules = `${folder}/order-edit.ts`;
const planning = `${folder}/order-edit-planning.ts`;
const writing = `${folder}/order-edit-writing.ts`;
const suites = [`${folder}/order-edit.editor.int-spec.ts`];
const changed = [`${folder}/order-edit-planning.int-spec.ts`];
const billed = ['libs/invoices/src/authoring/issued-invoices.int-spec.ts'];
const moneySuites = [`${folder}/edited-payments.int-spec.ts`];
const quick = { suites: [`${folder}/order-edit.spec.ts`], isQuick: true };

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'orders: an edit is refused without saying why',
    promise: 'refusedEdit: what stands against the edit, for people in the message',
    file: 'libs/orders/src/authoring/editing/refused-edit.ts',
    replace: [['message: reasons[because],', '']],
    suites: ['libs/orders/src/authoring/editing/refused-edit.spec.ts'],
    isQuick: true,
  },
  {
    name: 'order edits: what an order has counts as short once more',
    promise: 'ShortStock.ofEdit: only what it takes in addition counts',
    file: 'libs/orders/src/authoring/placing/short-stock.ts',
    replace: [['stockChangeOf(order.lines, planned.lines).taken', 'planned.lines']],
    suites: changed,
  },
  {
    name: 'order edits: what is billed is billed to another address',
    promise: 'BillingAddressEditor: orders.action-refused for an order that is billed',
    file: `${folder}/billing-address.editor.ts`,
    replace: [["throw refusedEdit('billed');", "throw refusedEdit('nothing-changed');"]],
    suites: billed,
  },
  {
    name: 'order edits: nobody knows what is billed',
    promise: 'IssuedInvoices: tells who edits orders which of them are billed',
    file: 'libs/invoices/src/authoring/issued-invoices.ts',
    replace: [['this.billing.register(this);', 'void this.billing;']],
    suites: billed,
  },
  {
    name: 'order edits: what was cancelled is billed elsewhere',
    promise: 'BillingAddressEditor: orders.action-refused for an order that is cancelled',
    file: 'libs/orders/src/model/order-state.ts',
    replace: [
      [
        "case 'bill-elsewhere':\n      return state === 'cancelled' ? undefined : state;",
        "case 'bill-elsewhere':\n      return state;",
      ],
    ],
    suites: billed,
  },
  {
    name: 'order edits: a person who was erased is billed',
    promise: 'BillingAddressEditor: customers.customer-not-found for one who was erased',
    file: `${folder}/billing-address.editor.ts`,
    replace: [['if (isGone) throw', 'if (isGone && order.version === 0) throw']],
    suites: billed,
  },
  {
    name: 'order edits: pieces that were ordered have to be in stock again',
    promise: 'CartPricing.price: variants that an order has pieces of can be had',
    file: 'libs/carts/src/storefront/cart-pricing.ts',
    replace: [['held?.has(line.variantId) === true', "held?.has('') === true"]],
    suites,
  },
  {
    name: 'order edits: a line that stays is priced anew',
    promise: 'OrderEdit: pieces that were ordered before keep their price',
    file: planning,
    replace: [
      ['...order.lines.map((line) => [line.variantId, line.unitPriceMinor] as const),', ''],
    ],
    suites,
  },
  {
    name: 'order edits: cancelled pieces come back',
    promise: 'OrderEditPlanning: nothing of an edited order has gone any way',
    file: planning,
    replace: [['shipped + cancelled > 0', 'shipped > 0']],
    suites,
  },
  {
    name: 'order edits: claimed promotions are judged anew',
    promise: 'OrderEditPlanning: an order that used promotions stays as it is',
    file: planning,
    replace: [['isTouched || order.promotions.length > 0', 'isTouched']],
    suites,
  },
  {
    name: 'order edits: both of two edits are carried out',
    promise: 'OrderEditWriting: only at the version that was planned from',
    file: writing,
    replace: [['order.version !== seen.version', 'order.version < seen.version']],
    suites,
  },
  {
    name: 'order edits: an overtaken plan is written',
    promise: 'OrderEditWriting: a plan holds while nothing that it was built from changes',
    file: writing,
    replace: [['if (conflict !== undefined)', 'if (conflict === -1)']],
    suites,
  },
  {
    name: 'order edits: nobody is told',
    promise: 'OrderEditEditor: history and mail in one unit of work',
    file: writing,
    replace: [["await tellShopper(tx, moved, 'changed');", '']],
    suites,
  },
  {
    name: 'order edits: what is owed stays',
    promise: 'OrderEditEditor: what is owed follows the total',
    file: writing,
    replace: [
      [
        'await this.amend(tx, payments, { before: order, after: planned, reason });',
        'await Promise.resolve(payments);',
      ],
    ],
    suites,
  },
  {
    name: 'order edits: an account owes another amount than it was charged',
    promise: 'PaymentLedger.amend: an account that was charged is charged with the difference',
    file: 'libs/payments/src/model/payment-ledger.ts',
    replace: [['await provider.amended?.(tx, before, after);', '']],
    suites: moneySuites,
  },
  {
    name: 'order edits: an order comes to nothing and waits for it',
    promise: 'PaymentLedger.amend: nothing less than something is asked for',
    file: 'libs/payments/src/model/payment-ledger.ts',
    replace: [['      amountMinor > 0 &&\n', '']],
    suites,
  },
  {
    name: 'order edits: the same request edits again',
    promise: 'OrderEditEditor: the same request is carried out once',
    file: `${folder}/order-edit.editor.ts`,
    replace: [['`order-edit:${address.id}`', '`order-edit:${Math.random()}`']],
    suites,
  },
  {
    name: 'order edits: what was let go of is edited',
    promise: 'stateAfter: an order is edited while money is owed or there',
    file: 'libs/orders/src/model/order-state.ts',
    replace: [['!isOver(paymentState) && ', '']],
    suites: ['libs/orders/src/model/order-state.spec.ts'],
    isQuick: true,
  },
  {
    name: 'order edits: a line takes its stock once more',
    promise: 'stockChangeOf: the difference is taken',
    file: rules,
    replace: [['line?.isStockTaken === true ? line.quantity : 0', '0']],
    ...quick,
  },
  {
    name: 'order edits: stock that was never taken is given back',
    promise: 'stockChangeOf: what was taken is given back',
    file: rules,
    replace: [
      ['piecesOf(line, {', "piecesOf({ takenFrom: [{ locationId: 'main', quantity: end }] }, {"],
    ],
    ...quick,
  },
  {
    name: 'order edits: nothing is an edit, too',
    promise: 'OrderEditPlanning.plan: refused for an edit that changes nothing',
    file: planning,
    replace: [['if (!isAnother(order, planned)) ', 'if (order.version < 0) ']],
    suites: ['libs/orders/src/authoring/editing/order-edit-planning.int-spec.ts'],
  },
  {
    name: 'order edits: what cannot be ordered is quoted',
    promise: 'OrderEditPlanning.quote: cart-incomplete for what could not be ordered',
    file: planning,
    replace: [
      [
        'return { order, priced, planned: planOrder(priced, { amount, currency }) };',
        'return { order, priced, planned: { totalMinor: amount, currency } };',
      ],
    ],
    suites: ['libs/orders/src/authoring/editing/order-edit-planning.int-spec.ts'],
  },
  {
    name: 'order edits: a line is counted in part',
    promise: 'OrderEditWriting: either all pieces of a line are counted or none',
    file: 'libs/orders/src/authoring/editing/order-edit-writing.ts',
    replace: [['if (isMixed) ', 'if (isMixed && order.version < 0) ']],
    suites: ['libs/orders/src/authoring/editing/order-edit-planning.int-spec.ts'],
  },
  {
    name: 'order edits: another address is not said',
    promise: 'reasonOfEdit: whether it goes to another place',
    file: 'libs/orders/src/authoring/editing/order-edit.ts',
    replace: [["if (isMoved) changes.push('another address');", 'void isMoved;']],
    suites: ['libs/orders/src/authoring/editing/order-edit.spec.ts'],
    isQuick: true,
  },
  {
    name: 'order edits: a price with tax becomes one without',
    promise: 'OrderEditPlanning: what was ordered before keeps its price',
    file: planning,
    replace: [['priced.totals.pricesIncludeTax !== order.pricesIncludeTax', 'order.version < 0']],
    suites: ['libs/orders/src/authoring/editing/order-edit-planning.int-spec.ts'],
  },
  {
    name: 'order edits: what is no longer fetched is sent to the shop',
    promise: 'OrderEditPlanning: nothing is sent to where something was to be fetched',
    file: planning,
    replace: [['shipping.pickUpLocation === null ? shippingAddress : null', 'shippingAddress']],
    suites: changed,
  },
  {
    name: 'order edits: another product that has the SKU by now takes the place of what was ordered',
    promise: 'OrderEditPlanning: items that are not stated stay, whichever SKU they have',
    file: planning,
    replace: [
      [
        'items: items ?? [],\n      currency',
        "items: items ?? order.lines.map(({ sku, quantity }) => ({ sku: sku ?? '', quantity })),\n      currency",
      ],
      [
        'items === undefined ? { ...imagined, lines: linesOf(order) } : imagined',
        'order.lines.length > 0 ? imagined : { ...imagined, lines: linesOf(order) }',
      ],
    ],
    suites: changed,
  },
  {
    name: 'order edits: a person who was erased meanwhile is written to',
    promise:
      'OrderEditWriting: customers.customer-not-found for one who was erased since it was planned',
    file: writing,
    replace: [['if (isGone) throw', 'if (isGone && order.version === 0) throw']],
    suites: changed,
  },
];
