const planning = 'libs/orders/src/authoring/placing/staff-order-planning.ts';
const placing = 'libs/orders/src/authoring/placing/staff-order-placing.ts';
const suites = ['libs/orders/src/authoring/placing/staff-order.editor.int-spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'staff orders: what was agreed on is not what is paid',
    promise: 'CartPricing.price: what one piece costs instead of what is listed',
    file: 'libs/carts/src/storefront/cart-pricing.ts',
    replace: [['agreedMinor ?? price?.amountMinor', 'price?.amountMinor']],
    suites,
  },
  {
    name: 'staff orders: a quote does not say what there is too little of',
    promise: 'ShortStock: tells staff of which variants there is less than an order would take',
    file: 'libs/orders/src/authoring/placing/short-stock.ts',
    replace: [['!enough.has(variantId)', 'enough.has(variantId) === undefined']],
    suites,
  },
  {
    name: 'staff orders: a second price for the same is overlooked',
    promise:
      'StaffOrderPlanning: carts.items-refused for a price of what is not ordered, or a second one',
    file: 'libs/orders/src/authoring/placing/agreed-by-variant.ts',
    replace: [['agreed.has(variantId) || items', 'items']],
    suites,
  },
  {
    name: 'staff orders: customers of other stores are ordered for',
    promise: 'StaffOrderPlanning: a customer of another store is not found',
    file: planning,
    replace: [['customer === undefined || customer.erasedAt !== null', 'customer?.erasedAt === 0']],
    suites,
  },
  {
    name: 'staff orders: an agreed price is audited nowhere',
    promise: 'StaffOrderEditor: agreed prices stand in the audit log',
    file: placing,
    replace: [
      [
        'agreedPrices: agreedPrices.map(',
        'agreedPrices: agreedPrices.slice(agreedPrices.length).map(',
      ],
    ],
    suites,
  },
  {
    name: 'staff orders: the history does not say why',
    promise: 'StaffOrderEditor: agreed prices stand in the history',
    file: placing,
    replace: [['reason: reasonOfPrices(agreedPrices)', 'reason: reasonOfPrices([])']],
    suites,
  },
  {
    name: 'staff orders: one takes the place of the open cart of its customer',
    promise: 'StaffOrderPlacing: a customer has one open cart, which is theirs to go on with',
    file: placing,
    replace: [
      ['const owner = { customerId: null, token };', 'const owner = { customerId, token };'],
    ],
    suites,
  },
  {
    name: 'staff orders: the same request orders again',
    promise: 'StaffOrderEditor: the same request is carried out once',
    file: 'libs/orders/src/authoring/placing/staff-order.editor.ts',
    replace: [
      [
        'const identified = { scope: `staff-order:${storeCode}`, key, body };',
        'const identified = { scope: `staff-order:${Math.random()}`, key, body };',
      ],
    ],
    suites,
  },
  {
    name: 'staff orders: a price that was agreed for some pieces holds for all',
    promise: 'agreedByVariant: a SKU that is stated twice has no agreed price',
    file: 'libs/orders/src/authoring/placing/agreed-by-variant.ts',
    replace: [[' || items.filter((item) => item.sku === sku).length > 1', '']],
    suites,
  },
];
