import type { ConfigKey } from '../config-key.js';
import { addressList, integer } from '../values/value-schemas.js';

const perMinute = integer(0, 1_000_000_000);
const UNIT = 'requests per minute and client; 0: not limited';

export const limitsKeys = {
  LIMIT_READS: {
    section: 'limits',
    doc: 'Commerce only: pages that are not answered from memory, those that do not exist included. All credentials of one network together may ask ten times as much, here and below.',
    unit: UNIT,
    schema: perMinute,
    default: '1200',
  },
  LIMIT_SEARCH: {
    section: 'limits',
    doc: 'Commerce only: lists, facets and searches that are not answered from memory.',
    unit: UNIT,
    schema: perMinute,
    default: '600',
  },
  LIMIT_CARTS: {
    section: 'limits',
    doc: 'Commerce only: carts, reads included.',
    unit: UNIT,
    schema: perMinute,
    default: '600',
  },
  LIMIT_CHECKOUT: {
    section: 'limits',
    doc: 'Commerce only: checkouts and payments begun.',
    unit: UNIT,
    schema: perMinute,
    default: '60',
  },
  LIMIT_SIGN_IN: {
    section: 'limits',
    doc: 'Commerce only, for a network whatever credentials it sends: sign-ins, registrations, confirmations and resets. Wrong passwords have a lower limit of their own.',
    unit: UNIT,
    schema: perMinute,
    default: '60',
  },
  LIMIT_ACCOUNT: {
    section: 'limits',
    doc: 'Commerce only: what belongs to a customer, and orders, reads included.',
    unit: UNIT,
    schema: perMinute,
    default: '600',
  },
  LIMIT_EXEMPT: {
    section: 'limits',
    doc: 'Addresses or ranges, comma-separated, of clients that are not limited, such as servers that render pages for all shoppers.',
    schema: addressList,
    optional: 'none is exempt',
    example: '10.0.0.0/8',
  },
} as const satisfies Record<string, ConfigKey>;
