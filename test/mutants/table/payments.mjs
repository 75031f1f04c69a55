const step = 'libs/payments/src/model/payment-step.ts';
const stepSpec = 'libs/payments/src/model/payment-step.spec.ts';
const repository = 'libs/payments/src/model/payment.repository.ts';
const plan = 'libs/payments/src/model/refunds/plan-refund.ts';
const planSpec = 'libs/payments/src/model/refunds/plan-refund.spec.ts';
const editorSpec = 'libs/orders/src/authoring/order-payment.editor.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'payments: pending refunds do not count',
    promise: 'paymentAfter: refunded + refundPending <= captured',
    file: 'libs/payments/src/model/payment.ts',
    replace: [
      [' - amounts.refundedMinor - amounts.refundPendingMinor;', ' - amounts.refundedMinor;'],
    ],
    suites: [stepSpec],
    isQuick: true,
  },
  {
    name: 'payments: what was captured is captured again',
    promise: 'paymentAfter: nothing is captured twice',
    file: step,
    replace: [
      [
        "if (payment.state === 'captured' || payment.state === 'voided') return UNCHANGED;",
        "if (payment.state === 'voided') return UNCHANGED;",
      ],
    ],
    suites: [stepSpec],
    isQuick: true,
  },
  {
    name: 'payments: more is captured than was authorised',
    promise: 'paymentAfter: captured <= authorised',
    file: step,
    replace: [
      [
        "payment.state === 'authorised' && isPart(step.amountMinor, payment.authorisedMinor)",
        "payment.state === 'authorised'",
      ],
    ],
    suites: [stepSpec],
    isQuick: true,
  },
  {
    name: 'payments: the last refund is what its parts came to',
    promise: 'planRefund: the refund that gives back the last part gets what is left',
    file: plan,
    replace: [['isLast ? leftMinor : within(sumMinor, leftMinor)', 'within(sumMinor, leftMinor)']],
    suites: [planSpec],
    isQuick: true,
  },
  {
    name: 'payments: each piece of a line is rounded for itself',
    promise: 'planRefund: all pieces together get exactly what the line came to',
    file: plan,
    replace: [
      [
        'portion(amountMinor, to, whole) - portion(amountMinor, from, whole);',
        'Math.round((amountMinor * (to - from)) / whole);',
      ],
    ],
    suites: [planSpec],
    isQuick: true,
  },
  {
    name: 'payments: the statement does not look at refunds',
    promise: 'PaymentRepository: the database checks the sums of what it holds',
    file: repository,
    replace: [
      [
        `        AND refunded_minor + \${refunded} + refund_pending_minor + \${refundPending}
          <= captured_minor + \${captured}\``,
        '`',
      ],
    ],
    suites: [editorSpec],
  },
  {
    name: 'payments: a payment is changed that is not what was read',
    promise: 'PaymentRepository.tryChange: if the row is as it was read',
    file: repository,
    replace: [[' AND version = ${before.version} AND state', ' AND state']],
    suites: [editorSpec],
  },
  {
    name: 'payments: money for a cancelled order is kept',
    promise: 'OrderPaymentObserver: money that arrives for a cancelled order is given back',
    file: 'libs/orders/src/model/order-payment-observer.ts',
    replace: [
      ["if (state !== 'cancelled' || happening !== 'payment-captured') return;", 'return;'],
    ],
    suites: [editorSpec],
  },
  {
    name: 'payments: an order on account asks for no credit',
    promise: 'InvoiceProvider: owed from the order on, against the credit of the customer',
    file: 'libs/payments/src/model/payment-ledger.ts',
    replace: [
      [
        "if (payment.state === 'pending') await this.providers.of(payment).opened?.(tx, payment);",
        '',
      ],
    ],
    suites: [editorSpec],
  },
];
