import type { ConfigKey } from '../config-key.js';
import { integer } from '../values/value-schemas.js';

const MINUTE_MS = 60_000;

export const scalingKeys = {
  SCALING_INTERVAL_MS: {
    section: 'scaling',
    doc: 'Authoring only: how often the scaling rules are evaluated. The replica that does it is replaced after three times as long.',
    unit: 'ms',
    schema: integer(100, 10 * MINUTE_MS),
    default: '15000',
  },
} as const satisfies Record<string, ConfigKey>;
