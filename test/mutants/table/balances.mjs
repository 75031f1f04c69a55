const editing = 'libs/orders/src/authoring/editing';
const staffs = [`${editing}/balances.int-spec.ts`];
const cards = ['libs/orders/src/storefront/card-balance.int-spec.ts'];
const billed = ['libs/invoices/src/authoring/balance-invoices.int-spec.ts'];
const sums = 'libs/payments/src/model/order-payments.ts';
const summing = { suites: ['libs/payments/src/model/order-payments.spec.ts'], isQuick: true };
const states = 'libs/orders/src/model/order-state.ts';
const stating = { suites: ['libs/orders/src/model/order-state.spec.ts'], isQuick: true };
const added = 'libs/orders/src/model/added-lines.ts';
const adding = { suites: ['libs/orders/src/model/added-lines.spec.ts'], isQuick: true };
const requests = 'libs/payments/src/model/payment-requests.ts';
const issuing = 'libs/invoices/src/authoring/invoice-issuing.ts';
const observer = 'libs/orders/src/model/order-payment-observer.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'balances: what an edit adds is owed by nobody',
    promise: 'PaymentRequests.amend: what an edit adds is a further payment',
    file: requests,
    replace: [
      [
        'return [...payments, await this.ledger.open(tx, { ...of, balance })];',
        'return [...payments.slice(0, 0), payments[0], ...payments.slice(1), ...(of.amountMinor < 0 ? [balance] : [])];',
      ],
    ],
    suites: staffs,
  },
  {
    name: 'balances: goods go before the balance is paid',
    promise: 'covers: the money of each payment is promised, or was taken',
    file: states,
    replace: [["payment.state === 'pending' || isLetGo(payment)", 'isLetGo(payment)']],
    ...stating,
  },
  {
    name: 'balances: an order with one is said to be paid',
    promise: 'paymentStateOf: balance-due while nothing was promised of it',
    file: states,
    replace: [
      [
        "if (counted.some(({ state }) => state === 'pending')) return 'balance-due';",
        "if (counted.some(({ state }) => state === 'pending')) return 'paid';",
      ],
    ],
    ...stating,
  },
  {
    name: 'balances: staff cannot confirm one',
    promise: 'stateAfter: staff confirm what is due, a balance too',
    file: states,
    replace: [
      [
        "paymentState === 'pending' || paymentState === 'balance-due';",
        "paymentState === 'pending';",
      ],
    ],
    ...stating,
  },
  {
    name: 'balances: one that was waived whole is counted',
    promise: 'countedPayments: not what was waived whole and let go of',
    file: sums,
    replace: [['&& dueMinor(payment) === 0', '&& dueMinor(payment) < 0']],
    ...summing,
  },
  {
    name: 'balances: one counts beside what was asked for in its place',
    promise: 'countedPayments: not one in whose place another is asked for',
    file: sums,
    replace: [
      ["payment.balance !== null && payment.state === 'voided'", 'payment.amountMinor < 0'],
    ],
    ...summing,
  },
  {
    name: 'balances: one is asked for of an order whose money is let go of',
    promise: 'openPayments: nothing of an order whose money is let go of',
    file: sums,
    replace: [['counted.some(isLetGo) ? [] : ', '']],
    ...summing,
  },
  {
    name: 'balances: two refunds are made where one suffices',
    promise: 'refundsOf: the oldest that can alone',
    file: sums,
    replace: [['refundableMinor(payment) >= amountMinor)', 'refundableMinor(payment) < 0)']],
    ...summing,
  },
  {
    name: 'balances: each of two refunds gives back all that an edit took off',
    promise: 'dividedParts: what an edit took off is divided exactly',
    file: sums,
    replace: [['{ ...own, reduced: shares[index] ?? [] }', '{ ...own, reduced: reduced ?? [] }']],
    ...summing,
  },
  {
    name: 'balances: pieces count with each of two refunds',
    promise: 'dividedParts: pieces stand with the last part, and count once',
    file: sums,
    replace: [['index === amounts.length - 1 ? parts : NO_PARTS', 'index >= 0 ? parts : NO_PARTS']],
    ...summing,
  },
  {
    name: 'balances: what was undone is asked for all the same',
    promise: 'lessOf: what was not taken yet is no longer owed, before anything is given back',
    file: sums,
    replace: [['newestFirst.filter(isUntaken)', 'newestFirst.slice(0, 0)']],
    suites: staffs,
  },
  {
    name: 'balances: an account owes what it was never charged with',
    promise: 'OrderCredit.charge: a balance is charged in addition',
    file: 'libs/orders/src/model/order-credit.ts',
    replace: [
      [
        'if (balance !== null) return this.chargeMore(',
        'if (balance === undefined) return this.chargeMore(',
      ],
    ],
    suites: staffs,
  },
  {
    name: 'balances: an account gets back one balance and not the next',
    promise: 'OrderCredit: what tells the charges and releases of all payments of an order apart',
    file: 'libs/orders/src/model/order-credit.ts',
    replace: [
      [
        'return balance === null ? part : `balance-${id}/${part}`;',
        'return balance === id ? part : part;',
      ],
    ],
    suites: staffs,
  },
  {
    name: 'balances: an order is cancelled and its balance asked for',
    promise: 'PaymentRequests.giveUp: what was not taken is let go, of each payment',
    file: requests,
    replace: [
      [
        'return this.each(payments, payments, (payment) =>',
        'return this.each(payments, payments.slice(0, 1), (payment) =>',
      ],
    ],
    suites: staffs,
  },
  {
    name: 'balances: a shopper cannot pay one by card',
    promise: 'PaymentBeginning: the oldest one that nothing was promised of is gone on with',
    file: 'libs/payments/src/storefront/payment-beginning.ts',
    replace: [
      ['openPayments(payments)[0] ?? payments[0]', 'openPayments([payments[0]])[0] ?? payments[0]'],
    ],
    suites: cards,
  },
  {
    name: 'balances: what a provider says of one is said of the order’s first payment',
    promise: 'PaymentReports.takePayment: what providers say of a payment',
    file: 'libs/payments/src/model/payment-ledger.ts',
    replace: [
      [
        'return this.getOne(tx, id);',
        'return id === undefined ? this.getOne(tx, id) : this.get(tx, orderId);',
      ],
    ],
    suites: cards,
  },
  {
    name: 'balances: one whose provider has let go of it is owed by nobody',
    promise: 'OrderPaymentObserver: a balance that its provider has let go of is asked for anew',
    file: observer,
    replace: [["happening === 'payment-voided' && !isCancelled", 'isCancelled && !isCancelled']],
    suites: cards,
  },
  {
    name: 'balances: one that is owed no more is asked for anew',
    promise: 'OrderPaymentObserver: asked for anew while something is due of it',
    file: observer,
    replace: [['|| dueMinor(payment) === 0 ', '']],
    suites: cards,
  },
  {
    name: 'balances: what an edit adds is billed before it is paid',
    promise: 'InvoiceIssuing: a balance is billed when it was paid, or goes with what was sent',
    file: issuing,
    replace: [['if (owedMinor > 0 && !isDue(about, own)) continue;', 'void isDue;']],
    suites: billed,
  },
  {
    name: 'balances: what the first invoice bills is billed again',
    promise: 'InvoiceIssuing: the invoice of an order bills all that was added before it',
    file: issuing,
    replace: [['includes: balancesOf(payments).map(claimOf),', 'includes: [],']],
    suites: billed,
  },
  {
    name: 'balances: what was given up of one is billed at other rates',
    promise: 'balanceLines: part by part, without what was given up of it before',
    file: 'libs/invoices/src/model/balance-lines.ts',
    replace: [['? own.map(negativeLine) : []', '? own.slice(own.length) : []']],
    suites: ['libs/invoices/src/model/balance-lines.spec.ts'],
    isQuick: true,
  },
  {
    name: 'balances: an edit that took off is credited with another one',
    promise: 'InvoiceIssuing: what was edited away before is off already in what is agreed',
    file: issuing,
    replace: [["|| (state !== 'failed' && parts.reduced !== undefined)", '']],
    suites: billed,
  },
  {
    name: 'balances: a part that is taxed otherwise is billed at one rate',
    promise: 'addedLines: a part that is taxed at other rates than before stands twice',
    file: added,
    replace: [
      [
        'ratesOf(was) === ratesOf(is) || was === NOTHING',
        'ratesOf(was) !== ratesOf(NOTHING) || was === NOTHING',
      ],
    ],
    ...adding,
  },
  {
    name: 'balances: what became less of an order is not said',
    promise: 'addedLines: what is less below zero',
    file: added,
    replace: [['[...new Set([...had.keys(), ...has.keys()])]', '[...new Set([...has.keys()])]']],
    ...adding,
  },
  {
    name: 'balances: shoppers are not told what is due',
    promise: 'changeLetter: what of a changed order still has to be paid',
    file: 'libs/orders/src/model/letters/order-letters.ts',
    replace: [['...(balanceMinor > 0 ?', '...(balanceMinor < 0 ?']],
    suites: ['libs/orders/src/model/letters/order-letters.spec.ts'],
    isQuick: true,
  },
];
