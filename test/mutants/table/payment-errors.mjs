const account = 'libs/payments/src/model/card/stripe-account.ts';
const cardSpec = 'libs/orders/src/storefront/card-payment.int-spec.ts';
const editorSpec = 'libs/orders/src/authoring/order-payment.editor.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'payments: what the provider refuses is asked for again and again',
    promise:
      'StripeAccount.call: throws payments.provider-refused for what repeating does not change',
    file: account,
    replace: [
      ['      if (isFinal(error)) throw paymentsErrors.providerRefused({ details });\n', ''],
    ],
    suites: [cardSpec],
  },
  {
    name: 'payments: a payment that no provider knows of is asked for by an empty name',
    promise: 'CardPayments: payments.not-found for what the provider was not told of',
    file: 'libs/payments/src/model/card/card-payments.ts',
    replace: [
      [
        'if (providerReference === null) throw paymentsErrors.notFound();\n  return providerReference;',
        "return providerReference ?? '';",
      ],
    ],
    suites: [cardSpec],
  },
  {
    name: 'payments: an order without a payment is not refused',
    promise: 'PaymentLedger.get: throws payments.not-found',
    file: 'libs/payments/src/model/payment-ledger.ts',
    replace: [['  if (found === undefined) throw paymentsErrors.notFound();\n', '']],
    suites: [editorSpec],
  },
  {
    name: 'payments: a refund ends that the payment does not know of',
    promise: 'docs/errors.md: payments.refund-out-of-step',
    file: 'libs/payments/src/model/payment-reports.ts',
    replace: [
      [
        '    if (amountMinor > payment.refundPendingMinor) throw paymentsErrors.refundOutOfStep();\n',
        '',
      ],
    ],
    suites: [editorSpec],
  },
  {
    name: 'payments: a provider that is not configured is asked',
    promise: 'PaymentProviders.remoteOf: throws payments.not-configured',
    file: 'libs/payments/src/model/provider/payment-providers.ts',
    replace: [['    if (remote === undefined) throw paymentsErrors.notConfigured();\n', '']],
    suites: [editorSpec],
  },
  {
    name: 'payments: a card account that is not configured is called',
    promise: 'StripeAccount.call: throws payments.not-configured',
    file: account,
    replace: [
      [
        '    if (stripe === undefined || errors === undefined) throw paymentsErrors.notConfigured();\n    try',
        '    try',
      ],
    ],
    suites: [editorSpec],
  },
  {
    name: 'payments: a message is read without the account that signs it',
    promise: 'StripeAccount.readMessage: throws payments.not-configured',
    file: account,
    replace: [
      [
        '    if (stripe === undefined || errors === undefined || card === undefined) {\n      throw paymentsErrors.notConfigured();\n    }\n',
        '',
      ],
    ],
    suites: [editorSpec],
  },
];
