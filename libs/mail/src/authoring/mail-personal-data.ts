import type { PersonalData } from '#libs/database';

/** The mails that a person was sent. Their text holds links that open something, so it is not told. */
export const mailPersonalData: PersonalData = {
  slice: 'mail',
  parts: [
    {
      part: 'mail',
      table: 'mail',
      key: ['id'],
      of: { part: 'mailbox' },
      by: 'recipient',
      told: ['id', 'kind', 'recipient', 'language', 'subject', 'state', 'created_at', 'sent_at'],
      withheld: [
        'store_id',
        'dedupe_key',
        'html',
        'plain_text',
        'is_confidential',
        'attachment_source',
        'attachment_id',
        'send_round',
        'attempts',
        'last_error',
        'version',
      ],
    },
  ],
};
