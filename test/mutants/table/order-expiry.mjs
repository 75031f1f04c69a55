const expiry = 'libs/orders/src/authoring/expiry/order-expiry.ts';
const finder = 'libs/orders/src/authoring/expiry/find-unpaid-orders.handler.ts';
const unpaid = 'libs/orders/src/authoring/expiry/unpaid-orders.ts';
const enqueuing = 'libs/orders/src/model/expire-order.job.ts';
const suites = ['libs/orders/src/authoring/expiry/order-expiry.int-spec.ts'];
const letGoSuites = ['libs/orders/src/authoring/expiry/let-go-orders.int-spec.ts'];

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
    replace: [
      [
        'const reason = reasonToExpire(payment);',
        'const reason = reasonToExpire(payment) ?? UNAUTHORISED;',
      ],
    ],
    suites,
  },
  {
    name: 'expiry: an order whose payment the provider has let go of stays',
    promise: 'OrderExpiry: cancels orders whose payment was let go of',
    file: expiry,
    replace: [["payment.state === 'voided' && dueMinor", 'payment.amountMinor < 0 && dueMinor']],
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
    file: enqueuing,
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
    replace: [['      unpaidOrdersSchedule,\n', '      ...[unpaidOrdersSchedule].slice(1),\n']],
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
  {
    name: 'expiry: nobody looks at an order whose payment is let go of',
    promise: 'LetGoTrigger: an open order is looked at when its payment is let go of',
    file: 'libs/orders/src/model/let-go-trigger.ts',
    replace: [
      [
        "state === 'open' && paymentState === 'cancelled'",
        "state === 'cancelled' && paymentState === 'pending'",
      ],
    ],
    suites: letGoSuites,
  },
  {
    name: 'expiry: an order is cancelled before its provider has let go of its payment',
    promise: 'OrderExpiry: what the provider has yet to let go of was perhaps taken before',
    file: expiry,
    replace: [
      ["payment.state === 'voided' && dueMinor", "payment.state.startsWith('void') && dueMinor"],
    ],
    suites: letGoSuites,
  },
  {
    name: 'expiry: an order that nothing is owed for any more is cancelled',
    promise: 'OrderExpiry: what is left of an order may cost nothing',
    file: expiry,
    replace: [[' && dueMinor(payment) > 0 ? LET_GO', ' && dueMinor(payment) >= 0 ? LET_GO']],
    suites: letGoSuites,
  },
  {
    name: 'orders: an order on account is shipped although its payment was let go of',
    promise: 'OrderPaymentActs.isCovered: money stands for what is shipped',
    file: 'libs/orders/src/authoring/order-payment-acts.ts',
    replace: [[" && order.paymentState !== 'cancelled';", ';']],
    suites: letGoSuites,
  },
];
