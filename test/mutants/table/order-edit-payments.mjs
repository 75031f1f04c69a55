const folder = 'libs/orders/src/authoring/editing';
const writing = `${folder}/order-edit-writing.ts`;
const moneySuites = [`${folder}/edited-payments.int-spec.ts`];
const amendment = 'libs/payments/src/model/amendment.ts';
const amending = { suites: ['libs/payments/src/model/amendment.spec.ts'], isQuick: true };

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'order edits: money that was moved by hand is moved again',
    promise: 'amendmentOf: begins with what is there being what the order comes to',
    file: amendment,
    replace: [['standingMinor(payments) !== beforeMinor', 'beforeMinor < 0']],
    ...amending,
  },
  {
    name: 'order edits: credit is claimed beyond its limit',
    promise: 'CreditLedger.chargeMore: customers.credit-exceeded',
    file: 'libs/customers/src/model/credit-ledger.ts',
    replace: [
      [
        '{ ...of, amountMinor: -amountMinor }, true)',
        '{ ...of, amountMinor: -amountMinor }, false)',
      ],
    ],
    suites: moneySuites,
  },
  {
    name: 'order edits: the state of the payment stays',
    promise: 'OrderEditWriting: the payment of the order is what it is after the edit',
    file: writing,
    replace: [['const paymentState = paymentStateOf(paid);', 'const { paymentState } = order;']],
    suites: moneySuites,
  },
  {
    name: 'order edits: other pieces are less of those that were billed',
    promise: 'reducedShares: undefined when something of it is more',
    file: 'libs/orders/src/model/reduced-shares.ts',
    replace: [['quantity > (had.get(variantId) ?? 0)', 'quantity < 0']],
    suites: ['libs/orders/src/model/reduced-shares.spec.ts'],
    isQuick: true,
  },
  {
    name: 'order edits: what was taken off is credited at other rates',
    promise: 'refundedLines: what an edit took off, by its taxes',
    file: 'libs/invoices/src/model/billed-lines.ts',
    replace: [['(parts.reduced ?? []).map(', '(parts.reduced ?? []).slice(0, 0).map(']],
    suites: ['libs/invoices/src/model/credited-lines.spec.ts'],
    isQuick: true,
  },
  {
    name: 'order edits: a provider is owed more than it was asked for',
    promise: 'amendmentOf: what was asked of a provider becomes no more',
    file: amendment,
    replace: [["only?.state === 'pending' && isConfirmedByStaff", "only?.state === 'pending'"]],
    ...amending,
  },
  {
    name: 'order edits: what is being captured is edited',
    promise: 'amendmentOf: refused while a payment is being taken or let go of',
    file: amendment,
    replace: [["if (counted.some(isUnderWay)) return refused('under-way');", 'void isUnderWay;']],
    ...amending,
  },
  {
    name: 'order edits: what is no longer owed is noted nowhere',
    promise: 'PaymentMoves.waive: so much is no longer owed, and its row says so',
    file: 'libs/payments/src/model/payment-moves.ts',
    replace: [["await this.note(tx, payment, { ...planned, state: 'waived', reason });", '']],
    suites: moneySuites,
  },
  {
    name: 'order edits: of what is paid something becomes more for less',
    promise:
      'OrderEditWriting: what was paid and comes to no more may become less and nothing else',
    file: writing,
    replace: [['isPaid && !isMore && reduced === undefined', 'isPaid && isMore && !isMore']],
    suites: moneySuites,
  },
];
