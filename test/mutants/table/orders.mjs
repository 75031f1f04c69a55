const checkoutSpec = 'libs/orders/src/storefront/checkout.int-spec.ts';
const totals = 'libs/carts/src/model/totals/calculate-totals.ts';
const totalsSpec = 'libs/carts/src/model/totals/calculate-totals.spec.ts';
const allocate = 'libs/kernel/src/money/allocate.ts';
const allocateSpec = 'libs/kernel/src/money/allocate.spec.ts';
const states = 'libs/orders/src/model/order-state.ts';
const statesSpec = 'libs/orders/src/model/order-state.spec.ts';
const taker = 'libs/inventory/src/model/stock-taker.ts';
const takerSpec = 'libs/inventory/src/model/stock-taker.int-spec.ts';
const idempotent = 'libs/database/src/idempotency/idempotent-unit-of-work.ts';
const idempotentSpec = 'libs/database/src/idempotency/idempotent-unit-of-work.int-spec.ts';
const placing = 'libs/orders/src/storefront/order-placing.ts';

const readPlan = 'libs/cache/src/core/reading/read-plan.ts';
const readPlanSpec = 'libs/cache/src/core/reading/read-plan.spec.ts';
const log = 'libs/database/src/logs/invalidation-log.ts';
const logSpec = 'libs/database/src/unit-of-work/unit-of-work.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'cache: a plan does not know what was applied above a hole',
    promise: 'concernsPlan: a transaction that rolled back refuses no checkout behind it',
    file: readPlan,
    replace: [[' || plan.knownAbove.has(position)', '']],
    suites: [readPlanSpec],
    isQuick: true,
  },
  {
    name: 'database: a plan older than the log finds nothing that concerns it',
    promise: 'readWithin: tells that the log was pruned past a position',
    file: log,
    replace: [['prunedTo: prunedTo > position ? prunedTo : 0', 'prunedTo: 0']],
    suites: [logSpec],
  },
  {
    name: 'kernel: what is left of an allocation is lost',
    promise: 'allocate: the parts add up to the amount exactly',
    file: allocate,
    replace: [['    if (left === 0) break;\n', '    if (left >= 0) break;\n']],
    suites: [allocateSpec],
    isQuick: true,
  },
  {
    name: 'carts: the discount of a line with included tax is what was taken off with tax',
    promise: 'ChargeTotals: subtotal - discount + tax = total, exactly',
    file: totals,
    replace: [
      [
        'const discountMinor = subtotalMinor + taxMinor - totalMinor;',
        'const discountMinor = offMinor;',
      ],
    ],
    suites: [totalsSpec],
  },
  {
    name: 'carts: taxes of the shipping are forgotten in the sum by rate',
    promise: 'Totals.taxes: by rate, over lines and shipping',
    file: totals,
    replace: [['taxes: taxesByRate(charges),', 'taxes: taxesByRate(lines),']],
    suites: [totalsSpec],
  },
  {
    name: 'carts: a discount may exceed its line',
    promise: 'calculateTotals: throws for a discount larger than what it applies to',
    file: totals,
    replace: [['if (paidMinor < 0)', 'if (offMinor < 0)']],
    suites: [totalsSpec],
  },
  {
    name: 'orders: what is wholly on its way back is shipped',
    promise: 'covers: money was taken and stays',
    file: states,
    replace: [[' || refundableMinor(payment) > 0);', ' || payment !== undefined);']],
    suites: [statesSpec],
    isQuick: true,
  },
  {
    name: 'orders: a refund on its way holds up the rest',
    promise: 'covers: that some of it is on its way back changes nothing',
    file: states,
    replace: [[' || refundableMinor(payment) > 0);', ' || payment.refundPendingMinor === 0);']],
    suites: [statesSpec],
    isQuick: true,
  },
  {
    name: 'orders: what was shipped is cancelled',
    promise: 'stateAfter: only an open order is cancelled',
    file: states,
    replace: [
      [
        "return state === 'open' ? 'cancelled' : undefined;",
        "return state !== 'cancelled' ? 'cancelled' : undefined;",
      ],
    ],
    suites: [statesSpec],
    isQuick: true,
  },
  {
    name: 'inventory: stock is sold below zero',
    promise: 'StockTaker: tracked variants without back-orders never go below what is reserved',
    file: 'libs/inventory/src/model/stock-statements.ts',
    replace: [
      ['OR on_hand - reserved + ${quantityAt(held)} >= ${quantityOf(demands)}', 'OR 1 = 1'],
    ],
    suites: [takerSpec],
  },
  {
    name: 'inventory: a sale leaves no ledger row',
    promise: 'StockTaker: the sum of the ledger is the stock',
    file: taker,
    replace: [['    await this.ledger.record(tx, movements);\n', '    void movements;\n']],
    suites: [takerSpec],
  },
  {
    name: 'inventory: every sale voids what shoppers see',
    promise: 'StockTaker: copies are voided only where shoppers see something else',
    file: taker,
    replace: [['if (availabilityOf(before) !== availabilityOf(after)) {', 'if (moved !== 0) {']],
    suites: [takerSpec],
  },
  {
    name: 'database: what was answered under a key is not written',
    promise: 'IdempotentUnitOfWork: what was answered is written in the transaction of the effects',
    file: idempotent,
    replace: [
      [
        '      if (earlier !== undefined) return earlier;\n      const answer',
        '      if (earlier === null) return earlier;\n      const answer',
      ],
    ],
    suites: [idempotentSpec],
  },
  {
    name: 'database: another request takes the answer of a key',
    promise: 'IdempotentUnitOfWork: idempotency.key-reused for another request with the key',
    file: idempotent,
    replace: [
      ['if (row.fingerprint !== fingerprintOf(request)) throw idempotencyErrors.keyReused();', ''],
    ],
    suites: [idempotentSpec],
  },
  {
    name: 'orders: an order is placed without validating what it was planned from',
    promise: 'Checkout: nothing that the plan was built from was changed since',
    file: placing,
    replace: [
      [
        '    if (conflict !== undefined) throw new PlanOutdated(conflict);\n',
        '    void conflict;\n',
      ],
    ],
    suites: ['libs/orders/src/storefront/checkout.int-spec.ts'],
  },
  {
    name: 'orders: a cart is ordered at a version that was not planned',
    promise: 'Checkout: the cart is consumed at the version that was planned',
    file: 'libs/carts/src/storefront/cart.repository.ts',
    replace: [
      [
        "WHERE id = ${cart.id} AND version = ${cart.version} AND state = 'open'",
        "WHERE id = ${cart.id} AND state = 'open'",
      ],
    ],
    suites: ['libs/orders/src/storefront/checkout.int-spec.ts'],
  },
  {
    name: 'carts: the token of a cart is not asked for',
    promise: 'CartRepository: every statement names the token of the owner',
    file: 'libs/carts/src/storefront/cart.repository.ts',
    replace: [
      [
        'sql`customer_id IS NULL AND token_hash = ${hashOfToken(token)}`',
        "sql`customer_id IS NULL AND ${hashOfToken(token)} <> ''`",
      ],
    ],
    suites: ['libs/carts/src/storefront/cart.editor.int-spec.ts'],
  },
  {
    name: 'carts: a cart is calculated with beyond what is exact',
    promise: 'LineProblem: too-dear',
    file: 'libs/carts/src/storefront/cart-pricing.ts',
    replace: [
      [
        "  if (line.quantity * unitPriceMinor > productLimits.amountMinor) return 'too-dear';\n",
        "  if (line.quantity * unitPriceMinor > Infinity) return productLimits.amountMinor ? 'too-dear' : null;\n",
      ],
    ],
    suites: ['libs/carts/src/storefront/cart.editor.int-spec.ts'],
  },
  {
    name: 'carts: a variant that is named twice has two lines',
    promise: 'placeItems: a variant has one line',
    file: 'libs/carts/src/model/placed-items.ts',
    replace: [['    byVariant.set(variant.variantId, placed);\n', '']],
    suites: ['libs/carts/src/model/placed-items.spec.ts'],
    isQuick: true,
  },
  {
    name: 'orders: a store goes and leaves its orders behind',
    promise: 'OrdersStoreDependant: a store stays as long as there are orders of it',
    file: 'libs/orders/src/authoring/orders-store-dependant.ts',
    replace: [['if (rows.length > 0) return true;', 'if (rows.length < 0) return true;']],
    suites: ['libs/orders/src/storefront/checkout.int-spec.ts'],
  },
  {
    name: 'orders: a checkout whose plan is overtaken for ever ends without a word',
    promise: 'Checkout: orders.keeps-changing when the plan was overtaken five times',
    file: 'libs/orders/src/storefront/until-plan-holds.ts',
    replace: [
      [
        'throw ordersErrors.keepsChanging({ retryAfterSeconds: 1 });',
        'return undefined as unknown as T;',
      ],
    ],
    suites: [checkoutSpec],
  },
  {
    name: 'orders: what cannot be had is ordered',
    promise: 'planOrder: throws orders.items-unavailable',
    file: 'libs/orders/src/storefront/checkout-plan.ts',
    replace: [['if (problems.length > 0) throw', 'if (problems.length > 999) throw']],
    suites: [checkoutSpec],
  },
  {
    name: 'orders: a link is signed with no key',
    promise: 'OrderLinks.sign: throws orders.no-link-key when the keys were removed',
    file: 'libs/orders/src/model/links/order-links.ts',
    replace: [
      [
        'if (key === undefined) throw ordersErrors.noLinkKey();\n    return',
        "if (key === undefined) return '';\n    return",
      ],
    ],
    suites: ['apps/commerce/src/invoices/invoices-api.int-spec.ts'],
  },
];
