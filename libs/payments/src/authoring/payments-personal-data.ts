import type { PersonalData, PersonalPart } from '#libs/database';

const payments = {
  table: 'payment',
  key: ['id'],
  told: [
    'id',
    'order_id',
    'balance_of',
    'added_json',
    'method',
    'state',
    'currency',
    'amount_minor',
    'waived_minor',
    'authorised_minor',
    'captured_minor',
    'refunded_minor',
    'failure_code',
    'created_at',
    'updated_at',
  ],
  withheld: ['capture_pending_minor', 'refund_pending_minor', 'provider_reference', 'version'],
} as const;

/** What became of the payments of a part; each kind of part has a name of its own. */
function consequencesOf(
  payment: string,
  names: { readonly refund: string; readonly event: string },
): readonly PersonalPart[] {
  return [
    {
      part: names.refund,
      table: 'refund',
      key: ['id'],
      of: { part: payment, column: 'id' },
      by: 'payment_id',
      told: [
        'id',
        'payment_id',
        'state',
        'amount_minor',
        'parts_json',
        'reason',
        'failure_code',
        'created_at',
        'updated_at',
      ],
      withheld: ['requested_by', 'provider_reference'],
    },
    {
      part: names.event,
      table: 'payment_event',
      key: ['method', 'event_id'],
      of: { part: payment, column: 'id' },
      by: 'payment_id',
      told: ['payment_id', 'method', 'type', 'outcome', 'occurred_at', 'received_at'],
      withheld: ['event_id'],
    },
  ];
}

/**
 * The payments of the orders of a person, and those of balances that edits left. How the shop and the provider call them says nothing
 * of the person.
 */
export const paymentsPersonalData: PersonalData = {
  slice: 'payments',
  parts: [
    { part: 'payment', of: { part: 'order', column: 'id' }, by: 'order_id', ...payments },
    { part: 'balancePayment', of: { part: 'order', column: 'id' }, by: 'balance_of', ...payments },
    ...consequencesOf('payment', { refund: 'refund', event: 'paymentEvent' }),
    ...consequencesOf('balancePayment', { refund: 'balanceRefund', event: 'balanceEvent' }),
  ],
};
