import type { ConfigKey } from '../config-key.js';
import { flag, integer } from '../values/value-schemas.js';

export const jobsKeys = {
  JOBS_WORKER: {
    section: 'jobs',
    doc: 'Authoring only: run job handlers in this replica. A commerce replica never runs any.',
    schema: flag,
    default: 'true',
  },
  JOBS_CONCURRENCY: {
    section: 'jobs',
    doc: 'Authoring only: jobs of one queue that this replica runs at the same time.',
    schema: integer(1, 100),
    default: '4',
  },
} as const satisfies Record<string, ConfigKey>;
