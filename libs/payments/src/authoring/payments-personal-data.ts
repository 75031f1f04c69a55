import type { PersonalData } from '#libs/database';

/** The payments of the orders of a person. How the shop and the provider call them says nothing of the person. */
export const paymentsPersonalData: PersonalData = {
  slice: 'payments',
  parts: [
    {
      part: 'payment',
      table: 'payment',
      key: ['id'],
      of: { part: 'order', column: 'id' },
      by: 'order_id',
      told: [
        'id',
        'order_id',
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
    },
    {
      part: 'refund',
      table: 'refund',
      key: ['id'],
      of: { part: 'payment', column: 'id' },
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
      part: 'paymentEvent',
      table: 'payment_event',
      key: ['method', 'event_id'],
      of: { part: 'payment', column: 'id' },
      by: 'payment_id',
      told: ['payment_id', 'method', 'type', 'outcome', 'occurred_at', 'received_at'],
      withheld: ['event_id'],
    },
  ],
};
