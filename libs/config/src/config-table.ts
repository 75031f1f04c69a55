import type { ConfigKey } from './config-key.js';
import { cacheKeys } from './keys/cache-keys.js';
import { cdnKeys } from './keys/cdn-keys.js';
import { databaseKeys } from './keys/database-keys.js';
import { httpKeys } from './keys/http-keys.js';
import { jobsKeys } from './keys/jobs-keys.js';
import { limitsKeys } from './keys/limits-keys.js';
import { mailKeys } from './keys/mail-keys.js';
import { paymentsKeys } from './keys/payments-keys.js';
import { pushKeys } from './keys/push-keys.js';
import { redisKeys } from './keys/redis-keys.js';
import { runtimeKeys } from './keys/runtime-keys.js';
import { scalingKeys } from './keys/scaling-keys.js';
import { searchKeys } from './keys/search-keys.js';
import { siteKeys } from './keys/site-keys.js';
import { tracingKeys } from './keys/tracing-keys.js';

/**
 * Every key that Lockstep reads: the only place where a key, its meaning and its default are
 * written down, a file for each section. The documents and `.env.example` are rendered from it.
 */
export const configTable = {
  ...runtimeKeys,
  ...httpKeys,
  ...databaseKeys,
  ...redisKeys,
  ...cacheKeys,
  ...searchKeys,
  ...jobsKeys,
  ...pushKeys,
  ...limitsKeys,
  ...mailKeys,
  ...scalingKeys,
  ...siteKeys,
  ...paymentsKeys,
  ...cdnKeys,
  ...tracingKeys,
} as const satisfies Record<string, ConfigKey>;

export type ConfigKeyName = keyof typeof configTable;

type Parsed<K extends ConfigKey> = K extends ConfigKey<infer T> ? T : never;

/** The parsed value of every key; the optional ones may be undefined. */
export type ConfigValues = {
  readonly [Name in ConfigKeyName]:
    | Parsed<(typeof configTable)[Name]>
    | ((typeof configTable)[Name] extends { readonly optional: string } ? undefined : never);
};

/** The rows in order, widened for code that treats all of them alike. */
export const configRows: readonly (readonly [ConfigKeyName, ConfigKey])[] = Object.entries(
  configTable,
) as [ConfigKeyName, ConfigKey][];
