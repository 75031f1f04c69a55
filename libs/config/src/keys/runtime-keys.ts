import type { ConfigKey } from '../config-key.js';
import { choice, integer, share, shortName } from '../values/value-schemas.js';

const MINUTE_MS = 60_000;

export const runtimeKeys = {
  REPLICA_ID: {
    section: 'runtime',
    doc: 'Name of this process in logs, metrics, the fleet view and the Lockstep-Replica header. Must differ between replicas.',
    schema: shortName,
    optional: '`<role>-<host name>-<process id>`',
    example: 'commerce-1',
  },
  LOG_LEVEL: {
    section: 'runtime',
    doc: 'Least severe level that is logged.',
    schema: choice('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
  },
  LOG_REQUESTS: {
    section: 'runtime',
    doc: 'Share of the answered requests that is logged (info), evenly, from 0 to 1; unless it is 0, every 5xx is logged. Answers sent ahead of the router are not among them. With LOG_LEVEL=debug all are logged.',
    schema: share,
    default: '0',
  },
  SHUTDOWN_TIMEOUT_MS: {
    section: 'runtime',
    doc: 'Longest time a stopping replica waits for requests and jobs under way before it exits anyway.',
    unit: 'ms',
    schema: integer(100, 10 * MINUTE_MS),
    default: '10000',
  },
  DRAIN_DELAY_MS: {
    section: 'runtime',
    doc: 'How long a stopping replica is not ready but still takes and answers requests, so that the load balancer notices before connections are refused. Part of SHUTDOWN_TIMEOUT_MS, and less than it.',
    unit: 'ms',
    schema: integer(0, 10 * MINUTE_MS),
    default: '0',
  },
} as const satisfies Record<string, ConfigKey>;
