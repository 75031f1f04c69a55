import type { ConfigKey } from '../config-key.js';
import { byteSize, integer } from '../values/value-schemas.js';

const MINUTE_MS = 60_000;

export const cacheKeys = {
  CACHE_FOLLOW_INTERVAL_MS: {
    section: 'cache',
    doc: 'How often a replica reads the invalidation log.',
    unit: 'ms',
    schema: integer(10, MINUTE_MS),
    default: '1000',
  },
  CACHE_LEASE_MS: {
    section: 'cache',
    doc: 'How long a cached value is trusted after the last successful read of the log: the bound of staleness. Must be greater than CACHE_FOLLOW_INTERVAL_MS.',
    unit: 'ms',
    schema: integer(20, 10 * MINUTE_MS),
    default: '2000',
  },
  CACHE_MAX_STALE_MS: {
    section: 'cache',
    doc: 'How long after the last successful read of the log cached values may still be served, marked as stale, while SQL cannot be reached; the replica is not ready after that. At least CACHE_LEASE_MS.',
    unit: 'ms',
    schema: integer(20, 24 * 60 * MINUTE_MS),
    default: '60000',
  },
  CACHE_MAX_BYTES: {
    section: 'cache',
    doc: 'Memory for all cached values of one replica together, estimated.',
    unit: 'bytes, or KiB, MiB, GiB',
    schema: byteSize(1024 ** 2, 64 * 1024 ** 3),
    default: '128MiB',
  },
  CACHE_RECORDS_MAX_BYTES: {
    section: 'cache',
    doc: 'Memory for the published products, prices and availability that a commerce replica holds beside its cached values, so that a page that nobody asked for before needs no database. Products beyond it are read from the database as they are asked for. 0 is off.',
    unit: 'bytes, or KiB, MiB, GiB',
    schema: byteSize(0, 64 * 1024 ** 3),
    default: '128MiB',
  },
  CACHE_MAX_LOADS: {
    section: 'cache',
    doc: 'How many cached values one replica loads at the same time, so that an empty cache does not overload the database. Further loads wait for their turn, at most two seconds. On SQL Server at most poolMax of their statements are in the database at once, at most half of those with one text; others wait at most DATABASE_WAIT_MS.',
    schema: integer(1, 10_000),
    default: '64',
  },
  CACHE_VERIFY_PER_SECOND: {
    section: 'cache',
    doc: 'How many cached values per second one replica compares with the database, as a test of coherence; this takes at most 2 % of the time. 0 is off.',
    schema: integer(0, 100),
    default: '1',
  },
  CACHE_WARM_START_MS: {
    section: 'cache',
    doc: 'Longest time a starting replica loads the values that the fleet uses most before it is ready. 0 is off: nothing is loaded ahead, and which values are used is not noted.',
    unit: 'ms',
    schema: integer(0, 10 * MINUTE_MS),
    default: '3000',
  },
} as const satisfies Record<string, ConfigKey>;
