const step = 'libs/payments/src/model/payment-step.ts';
const stepSpec = 'libs/payments/src/model/payment-step.spec.ts';
const repository = 'libs/payments/src/model/payment.repository.ts';
const requests = 'libs/payments/src/model/payment-requests.ts';
const moves = 'libs/payments/src/model/payment-moves.ts';
const plan = 'libs/payments/src/model/refunds/plan-refund.ts';
const planSpec = 'libs/payments/src/model/refunds/plan-refund.spec.ts';
const cardPayments = 'libs/payments/src/model/card/card-payments.ts';
const cardSpec = 'libs/orders/src/storefront/card-payment.int-spec.ts';
const editorSpec = 'libs/orders/src/authoring/order-payment.editor.int-spec.ts';
const lostSpec = 'libs/orders/src/authoring/lost-pieces.int-spec.ts';

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
        "if (payment.state === 'captured') return UNCHANGED;",
        "if (payment.state === 'voided') return UNCHANGED;",
      ],
    ],
    suites: [stepSpec],
    isQuick: true,
  },
  {
    name: 'payments: money that was taken of a payment that was let go is overlooked',
    promise: 'paymentAfter: money that was taken is never overlooked',
    file: step,
    replace: [
      [
        "if (payment.state === 'captured') return UNCHANGED;",
        "if (payment.state === 'captured' || payment.state === 'voided') return UNCHANGED;",
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
        "payment.state === 'authorised' && isPart(step.amountMinor, capturableMinor(payment))",
        "payment.state === 'authorised'",
      ],
    ],
    suites: [stepSpec],
    isQuick: true,
  },
  {
    name: 'payments: what is no longer owed is captured',
    promise: 'paymentAfter: nothing is asked for that is no longer owed',
    file: step,
    replace: [
      [
        'return Math.min(payment.authorisedMinor, dueMinor(payment));',
        'return payment.authorisedMinor;',
      ],
    ],
    suites: [stepSpec],
    isQuick: true,
  },
  {
    name: 'payments: staff confirm what is no longer owed',
    promise: 'PaymentRequests.takeOff: what was not taken is no longer owed',
    file: moves,
    replace: [
      [
        "{ kind: 'captured', amountMinor: dueMinor(payment) }",
        "{ kind: 'captured', amountMinor: payment.amountMinor }",
      ],
    ],
    suites: [lostSpec],
  },
  {
    name: 'payments: a payment that nothing is owed of stays',
    promise: 'PaymentRequests.takeOff: a payment that nothing is owed of any more is let go',
    file: moves,
    replace: [['return dueMinor(after) === 0 ? this.void(tx, after) : after;', 'return after;']],
    suites: [lostSpec],
  },
  {
    name: 'payments: what was taken beyond what is owed is kept',
    promise: 'OrderPaymentObserver: money for pieces that were cancelled before is given back',
    file: requests,
    replace: [
      ['if (amountMinor <= 0) return payment;', 'if (amountMinor !== 0.5) return payment;'],
    ],
    suites: [lostSpec],
  },
  {
    name: 'payments: credit is owed for what was waived',
    promise: 'InvoiceProvider: credit is released for what is owed no more',
    file: 'libs/payments/src/model/provider/invoice.provider.ts',
    replace: [['if (waivedMinor > 0) {', 'if (waivedMinor < 0) {']],
    suites: [editorSpec],
  },
  {
    name: 'payments: lost pieces are paid for again that were given back by hand',
    promise: 'planLoss: what was given back before counts for the lost pieces first',
    file: plan,
    replace: [
      [
        'Math.min(quantity, (lost.get(line) ?? 0) - given)',
        'Math.min(quantity, piecesLeft(line, agreed, earlier) - (given - given))',
      ],
    ],
    suites: [planSpec],
    isQuick: true,
  },
  {
    name: 'payments: a checkout waits for a provider that hangs',
    promise: 'PaymentBeginning.tryProceed: it is asked once, for three seconds at most',
    file: 'libs/payments/src/storefront/payment-beginning.ts',
    replace: [['this.proceed(orderId, CHECKOUT_PATIENCE_MS)', 'this.proceed(orderId)']],
    suites: [cardSpec],
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
        'const totalMinor = Math.max(0, dueMinor - givenMinor);',
        'const totalMinor = Math.round((charge.totalMinor * (pieces - given.length)) / whole);',
      ],
    ],
    suites: [planSpec],
    isQuick: true,
  },
  {
    name: 'payments: net and taxes of a refund are each a share of the line',
    promise: 'planRefund: net and taxes of the pieces come to those of the line, and to the total',
    file: plan,
    replace: [
      [
        'allocate(totalMinor, [netLeft, ...taxesLeft]);',
        '[netLeft, ...taxesLeft].map((part) => Math.floor((part * allocate(totalMinor, [1])[0]) / Math.max(1, charge.totalMinor)));',
      ],
    ],
    suites: ['libs/orders/src/model/agreed-parts.spec.ts'],
    isQuick: true,
  },
  {
    name: 'payments: the shipping of an order takes the taxes of its lines',
    promise: 'agreedPartsOf: what its shipping came to is what its lines did not',
    file: 'libs/orders/src/model/agreed-parts.ts',
    replace: [['left - tax.amountMinor, amountMinor)', 'left - 0 * tax.amountMinor, amountMinor)']],
    suites: ['libs/orders/src/model/agreed-parts.spec.ts'],
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
      [
        "if (happening === 'payment-captured') await",
        "if (happening === 'payment-captured' && tx === undefined) await",
      ],
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
  {
    name: 'payments: the provider is asked for another payment each time',
    promise: 'CardPayments: every request carries a key that is the same whenever it is repeated',
    file: cardPayments,
    replace: [['idempotencyKey: `payment-${id}`', 'idempotencyKey: `payment-${Math.random()}`']],
    suites: [cardSpec],
  },
  {
    name: 'payments: a message is taken in again',
    promise: 'CardInbox: each message is noted by its id, and changes something once',
    file: 'libs/payments/src/storefront/card-inbox.ts',
    replace: [
      ['if (known.length > 0) return;', ''],
      ['if (!isUniqueViolation(this.unitOfWork.dialect, error)) throw error;', 'throw error;'],
    ],
    suites: [cardSpec],
  },
  {
    name: 'payments: a message of any age is believed',
    promise: 'CardMessages.read: refuses what was signed longer ago than five minutes',
    file: 'libs/payments/src/model/card/stripe-account.ts',
    replace: [
      [
        'constructEvent(body, signature, card.webhookSecret)',
        'constructEvent(body, signature, card.webhookSecret, 1e9)',
      ],
    ],
    suites: [cardSpec],
  },
  {
    name: 'payments: a message names the payment it likes',
    promise: 'PaymentReports.takePayment: a sight of another payment is refused',
    file: 'libs/payments/src/model/payment.repository.ts',
    replace: [
      [' AND (provider_reference IS NULL OR provider_reference = ${providerReference})', ''],
    ],
    suites: [cardSpec],
  },
  {
    name: 'payments: errors of the provider travel with what they carry',
    promise: 'StripeAccount: what its errors carry goes no further',
    file: 'libs/payments/src/model/card/stripe-account.ts',
    replace: [
      [
        'throw paymentsErrors.providerAway({ details, retryAfterSeconds',
        'throw paymentsErrors.providerAway({ cause: error, details, retryAfterSeconds',
      ],
    ],
    suites: [cardSpec],
  },
  {
    name: 'payments: a refund is made again by the run that comes after a killed one',
    promise: 'CardPayments: a refund is known by the id that it was given',
    file: cardPayments,
    replace: [
      ['if (known !== undefined) return', "if (known?.id === '') return"],
      [
        '{ idempotencyKey: `refund-${refund.id}` }',
        '{ idempotencyKey: `refund-${Math.random()}` }',
      ],
    ],
    suites: ['test/e2e/payment-worker-killed.e2e-spec.ts'],
    needsBuild: true,
  },
  {
    name: 'http: a signed body is handed over as it was read',
    promise: 'KeepsRawBody: the body as it came',
    file: 'libs/http/src/server/replica-app.ts',
    replace: [
      [
        'lockstepRawBody === true) request.lockstepRawBody = body;',
        'lockstepRawBody === true) request.lockstepRawBody = body.trim() + " ";',
      ],
    ],
    suites: ['test/e2e/card-payments.e2e-spec.ts'],
    needsBuild: true,
  },
];
