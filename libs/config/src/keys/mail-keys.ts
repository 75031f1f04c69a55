import type { ConfigKey } from '../config-key.js';
import { parseMailbox, parseShopUrl } from '../values/mail-values.js';
import { parseSmtpUrl } from '../urls/smtp-url.js';
import { integer, parsedText } from '../values/value-schemas.js';

const MINUTE_MS = 60_000;

export const mailKeys = {
  SMTP_URL: {
    section: 'mail',
    doc: 'Authoring only: the server that mails are given to, `smtp://[user:password@]host[:587]` or `smtps://` for TLS from the start. Parameter of smtp: tls (required: STARTTLS or nothing, the default with a login; offered, the default without one; none).',
    schema: parsedText(parseSmtpUrl),
    optional: 'mails are stored and not sent',
    secret: 'login',
    example: 'smtp://user:password@mail.example:587',
  },
  SMTP_TIMEOUT_MS: {
    section: 'mail',
    doc: 'Longest time that giving one mail to the server may take, from the connection to its last answer.',
    unit: 'ms',
    schema: integer(100, 10 * MINUTE_MS),
    default: '30000',
  },
  MAIL_FROM: {
    section: 'mail',
    doc: 'Authoring only: who mails come from. Required when SMTP_URL is set.',
    schema: parsedText(parseMailbox),
    optional: 'no mail is sent',
    example: 'The Shop <shop@example.com>',
  },
  SHOP_URL: {
    section: 'mail',
    doc: 'Where the pages of the shop are that links in mails lead to; `{store}` in it stands for the code of the store.',
    schema: parsedText(parseShopUrl),
    optional: 'mails have no links',
    example: 'https://shop.example/{store}',
  },
} as const satisfies Record<string, ConfigKey>;
