import type { ConfigKey } from '../config-key.js';
import { integer, shortName } from '../values/value-schemas.js';

const HOUR_MS = 3_600_000;

export const siteKeys = {
  SITE_NAME: {
    section: 'site',
    doc: 'The site that this replica belongs to; the same for all of it, and another than that of any other site.',
    schema: shortName,
    default: 'main',
  },
  SITE_MAX_LAG_MS: {
    section: 'site',
    doc: 'What the site reads may be older than the truth by that much before `/health/site` takes it out of the traffic between sites: the lag of its copy, or the time since its database answered.',
    unit: 'ms',
    schema: integer(1_000, HOUR_MS),
    default: '60000',
  },
  SITE_MIN_REPLICAS: {
    section: 'site',
    doc: 'Fewer storefront replicas that are ready, and `/health/site` takes the site out of the traffic between sites.',
    schema: integer(1, 500),
    default: '1',
  },
} as const satisfies Record<string, ConfigKey>;
