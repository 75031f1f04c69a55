import type { PersonalData } from '#libs/database';

/** The documents about the orders of a person, with what stands on them. */
export const invoicesPersonalData: PersonalData = {
  slice: 'invoices',
  parts: [
    {
      part: 'invoice',
      table: 'invoice',
      key: ['id'],
      of: { part: 'order', column: 'id' },
      by: 'order_id',
      told: [
        'id',
        'order_id',
        'kind',
        'number',
        'currency',
        'total_minor',
        'content_json',
        'issued_at',
      ],
      withheld: ['store_id', 'subject_id'],
    },
  ],
};
