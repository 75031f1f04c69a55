import type { ConfigKey } from '../config-key.js';
import { parseCardApiUrl, parseKeyOf } from '../values/card-values.js';
import { choice, integer, parsedText } from '../values/value-schemas.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export const paymentsKeys = {
  CARD_SECRET_KEY: {
    section: 'payments',
    doc: 'Secret or restricted key of the Stripe account that card payments go to. Both roles; CARD_WEBHOOK_SECRET is required with it.',
    schema: parsedText(
      parseKeyOf('a key of the provider, which begins with sk_ or rk_', ['sk_', 'rk_']),
    ),
    optional: 'cards are not taken',
    secret: 'all',
  },
  CARD_WEBHOOK_SECRET: {
    section: 'payments',
    doc: 'Signing secret of the webhook endpoint `/api/v1/payments/webhooks/card` of the commerce role, which the account sends its events to.',
    schema: parsedText(parseKeyOf('a signing secret, which begins with whsec_', ['whsec_'])),
    optional: 'cards are not taken',
    secret: 'all',
  },
  CARD_PUBLISHABLE_KEY: {
    section: 'payments',
    doc: 'Publishable key of the account, told to shops that let shoppers enter their card.',
    schema: parsedText(parseKeyOf('a publishable key, which begins with pk_', ['pk_'])),
    optional: 'shops have to know it',
  },
  CARD_CAPTURE: {
    section: 'payments',
    doc: 'Whether what a shopper has authorised is taken by staff (manual) or at once (automatic).',
    schema: choice('manual', 'automatic'),
    default: 'manual',
  },
  CARD_TIMEOUT_MS: {
    section: 'payments',
    doc: 'Longest wait for one answer of the card provider; a request is sent at most twice, within a checkout once and for 3 s at most.',
    unit: 'ms',
    schema: integer(100, MINUTE_MS),
    default: '8000',
  },
  CARD_UNPAID_TTL_MS: {
    section: 'payments',
    doc: 'Authoring only: how long after an order its card payment may stay without an authorisation; then the order is cancelled, and its stock and coupons are given back. Looked at every five minutes.',
    unit: 'ms',
    schema: integer(MINUTE_MS, 7 * DAY_MS),
    default: '3600000',
  },
  CARD_API_URL: {
    section: 'payments',
    doc: 'Where the API of the card provider is; another one is for tests.',
    schema: parsedText(parseCardApiUrl),
    default: 'https://api.stripe.com',
  },
} as const satisfies Record<string, ConfigKey>;
