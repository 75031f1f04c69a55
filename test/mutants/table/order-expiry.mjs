const expiry = 'libs/orders/src/authoring/expiry/order-expiry.ts';
const finder = 'libs/orders/src/authoring/expiry/find-unpaid-orders.handler.ts';
const unpaid = 'libs/orders/src/authoring/expiry/unpaid-orders.ts';
const suites = ['libs/orders/src/authoring/expiry/order-expiry.int-spec.ts'];

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'expiry: nobody asks the provider whether it was paid',
    promise: 'OrderExpiry.look: takes in what the provider knows of the payment',
    file: expiry,
    replace: [['await this.sights.see(payment);', '']],
    suites,
  },
  {
    name: 'expiry: what was paid meanwhile is cancelled',
    promise: 'OrderExpiry.expire: false when it was paid meanwhile',
    file: expiry,
    replace: [['order === undefined || !isUnauthorised(payment)', 'order === undefined']],
    suites,
  },
  {
    name: 'expiry: an order whose payment the provider has let go of stays',
    promise: 'OrderExpiry: nothing is waited for any more when it was let go of',
    file: expiry,
    replace: [[" || (state === 'voided' && authorisedMinor === 0)", ' && authorisedMinor === 0']],
    suites,
  },
  {
    name: 'expiry: an order is cancelled a second time',
    promise: 'OrderExpiry.expire: of an order that is still open',
    file: expiry,
    replace: [["if (stateAfter(order, 'cancel') === undefined) return false;", 'void stateAfter;']],
    suites,
  },
  {
    name: 'expiry: an order has a job for each look',
    promise: 'FindUnpaidOrdersHandler: an order whose job has not started has no second one',
    file: finder,
    replace: [['{ dedupeKey: `expire:${orderId}` }', '{}']],
    suites,
  },
  {
    name: 'expiry: orders expire at once',
    promise: 'FindUnpaidOrdersHandler: not authorised in time',
    file: finder,
    replace: [['this.clock.wallMs() - this.config.unpaidTtlMs', 'this.clock.wallMs()']],
    suites,
  },
  {
    name: 'expiry: orders expire while the provider cannot be asked',
    promise: 'FindUnpaidOrdersHandler: while no cards are taken no order is touched',
    file: finder,
    replace: [["this.providers.of({ method: 'card' }).isAvailable", '!context.signal.aborted']],
    suites,
  },
  {
    name: 'expiry: orders that wait for a transfer expire',
    promise: 'UnpaidOrders: open orders whose card payment nothing was authorised of',
    file: unpaid,
    replace: [[" AND payment_method = 'card'", '']],
    suites,
  },
  {
    name: 'expiry: nobody looks for orders that are not paid',
    promise: 'AuthoringModule: the schedule find-unpaid-orders',
    file: 'apps/authoring/src/authoring.module.ts',
    replace: [[', unpaidOrdersSchedule]', '].concat([unpaidOrdersSchedule].slice(1))']],
    suites: ['test/e2e/card-payments.e2e-spec.ts'],
    needsBuild: true,
  },
  {
    name: 'expiry: a cancelled order keeps what it used of promotions',
    promise: 'OrderFulfilment.cancelAll: with what the order used of promotions',
    file: 'libs/orders/src/authoring/fulfilment/order-fulfilment.ts',
    replace: [['await this.uses.giveBack(tx, order.id);', '']],
    suites,
  },
];
