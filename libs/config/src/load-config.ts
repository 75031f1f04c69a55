import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { checkCdn } from './values/check-cdn.js';
import { checkRedisTls } from './values/check-redis-tls.js';
import { checkDatabaseCopy } from './values/check-database-copy.js';
import type { ConfigKey } from './config-key.js';
import { configRows, type ConfigKeyName, type ConfigValues } from './config-table.js';
import { checkDatabaseLimits } from './values/database-limits.js';
import { ConfigurationError } from './configuration-error.js';
import { isReported } from './is-reported.js';
import {
  CacheConfig,
  CdnConfig,
  DatabaseConfig,
  HttpConfig,
  JobsConfig,
  LimitsConfig,
  MailConfig,
  PaymentsConfig,
  PushConfig,
  RedisConfig,
  RuntimeConfig,
  ScalingConfig,
  SiteConfig,
  type Role,
} from './sections.js';
import { SearchConfig } from './values/search-config.js';
import { TracingConfig } from './values/tracing-config.js';

/** Texts by name, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The text a key was read from, kept so that the effective configuration can be printed. */
export interface ConfigSource {
  readonly key: ConfigKeyName;
  readonly text: string | undefined;
  readonly origin: 'environment' | 'file' | 'default';
}

/** Everything a replica was told, checked. Code gets single sections injected, never the whole. */
export interface Config {
  readonly runtime: RuntimeConfig;
  readonly http: HttpConfig;
  readonly database: DatabaseConfig;
  readonly redis: RedisConfig;
  readonly cache: CacheConfig;
  readonly search: SearchConfig;
  readonly jobs: JobsConfig;
  readonly push: PushConfig;
  readonly limits: LimitsConfig;
  readonly scaling: ScalingConfig;
  readonly site: SiteConfig;
  readonly mail: MailConfig;
  readonly payments: PaymentsConfig;
  readonly cdn: CdnConfig;
  readonly tracing: TracingConfig;
  readonly sources: readonly ConfigSource[];
}

/** The environment of this process. Nothing outside libs/config and tools reads it. */
export function processEnvironment(): Environment {
  return process.env;
}

/**
 * Reads and checks the whole configuration.
 *
 * Guarantees: a key that is not set has its documented default; a key that is set to something
 * malformed is never replaced by a default. Throws {@link ConfigurationError} with every problem
 * at once; its texts contain no secret.
 */
export function loadConfig(
  environment: Environment,
  role: Role,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Config {
  const problems: string[] = [];
  const sources = configRows.map(([key, row]) =>
    findSource(key, row, environment, readFile, problems),
  );
  const values: Partial<Record<ConfigKeyName, unknown>> = {};
  for (const [index, [key, row]] of configRows.entries()) {
    values[key] = parseValue(key, row, sources[index]?.text, problems);
  }
  // Sound because every value comes from the schema of its own row; problems end it below.
  const checked = values as ConfigValues;
  checkAcrossKeys(checked, problems);
  checkDatabaseCopy(role, checked, problems);
  checkDatabaseLimits(checked, problems);
  checkCdn(checked, problems);
  checkRedisTls(checked, problems);
  if (problems.length > 0) throw new ConfigurationError(problems);
  return {
    runtime: new RuntimeConfig(role, checked.REPLICA_ID ?? defaultReplicaId(role), checked),
    http: new HttpConfig(checked),
    database: new DatabaseConfig(checked),
    redis: new RedisConfig(checked),
    cache: new CacheConfig(checked),
    search: new SearchConfig(checked),
    jobs: new JobsConfig(role, checked),
    push: new PushConfig(checked),
    limits: new LimitsConfig(checked),
    scaling: new ScalingConfig(checked),
    site: new SiteConfig(checked),
    mail: new MailConfig(checked),
    payments: new PaymentsConfig(checked),
    cdn: new CdnConfig(checked),
    tracing: new TracingConfig(checked),
    sources,
  };
}

function findSource(
  key: ConfigKeyName,
  row: ConfigKey,
  environment: Environment,
  readFile: (path: string) => string,
  problems: string[],
): ConfigSource {
  const text = environment[key];
  const path = row.secret === undefined ? undefined : environment[`${key}_FILE`];
  if (text !== undefined && path !== undefined) {
    problems.push(`${key}: is set twice, as ${key} and as ${key}_FILE; remove one`);
  }
  if (text !== undefined) return { key, text, origin: 'environment' };
  if (path === undefined) return { key, text: row.default, origin: 'default' };
  try {
    return { key, text: readFile(path).trim(), origin: 'file' };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    problems.push(`${key}_FILE: the file "${path}" cannot be read${reason}`);
    return { key, text: undefined, origin: 'file' };
  }
}

function parseValue(
  key: ConfigKeyName,
  row: ConfigKey,
  text: string | undefined,
  problems: string[],
): unknown {
  if (text === undefined) {
    if (row.optional === undefined && !isReported(key, problems)) {
      const example = row.example === undefined ? '' : `, for instance ${key}=${row.example}`;
      problems.push(`${key}: is required${example}`);
    }
    return undefined;
  }
  if (text.trim() === '') {
    problems.push(`${key}: is set but empty; give it a value or remove it`);
    return undefined;
  }
  const result = row.schema.safeParse(text);
  if (result.success) return result.data;
  for (const issue of result.error.issues) problems.push(`${key}: ${issue.message}`);
  return undefined;
}

function checkAcrossKeys(values: Partial<ConfigValues>, problems: string[]): void {
  const {
    CACHE_LEASE_MS: leaseMs,
    CACHE_FOLLOW_INTERVAL_MS: intervalMs,
    CACHE_MAX_STALE_MS: maxStaleMs,
    DRAIN_DELAY_MS: drainDelayMs,
    SHUTDOWN_TIMEOUT_MS: shutdownTimeoutMs,
    SMTP_URL: smtp,
    MAIL_FROM: from,
    CARD_SECRET_KEY: cardKey,
    CARD_WEBHOOK_SECRET: cardSecret,
  } = values;
  requireBoth('CARD_SECRET_KEY', cardKey, 'CARD_WEBHOOK_SECRET', cardSecret, problems);
  if (smtp !== undefined && from === undefined && !isReported('MAIL_FROM', problems)) {
    problems.push(
      'MAIL_FROM: is required when SMTP_URL is set, for instance MAIL_FROM=shop@example.com',
    );
  }
  if (
    drainDelayMs !== undefined &&
    shutdownTimeoutMs !== undefined &&
    drainDelayMs >= shutdownTimeoutMs
  ) {
    problems.push(
      `DRAIN_DELAY_MS: ${drainDelayMs} must be less than SHUTDOWN_TIMEOUT_MS (${shutdownTimeoutMs}),` +
        ' or no time is left to finish what is under way',
    );
  }
  if (leaseMs !== undefined && intervalMs !== undefined && leaseMs <= intervalMs) {
    problems.push(
      `CACHE_LEASE_MS: ${leaseMs} must be greater than CACHE_FOLLOW_INTERVAL_MS (${intervalMs}),` +
        ' or no cached value is ever trusted',
    );
  }
  if (leaseMs !== undefined && maxStaleMs !== undefined && maxStaleMs < leaseMs) {
    problems.push(
      `CACHE_MAX_STALE_MS: ${maxStaleMs} must be at least CACHE_LEASE_MS (${leaseMs}),` +
        ' or a replica is not ready while its values are still trusted',
    );
  }
}

/** Neither or both of two keys are set. */
function requireBoth(
  oneKey: ConfigKeyName,
  one: unknown,
  otherKey: ConfigKeyName,
  other: unknown,
  problems: string[],
): void {
  if ((one === undefined) === (other === undefined)) return;
  const [missing, given] = one === undefined ? [oneKey, otherKey] : [otherKey, oneKey];
  if (!isReported(missing, problems)) problems.push(`${missing}: is required when ${given} is set`);
}

function defaultReplicaId(role: Role): string {
  const host = hostname().replace(/[^A-Za-z0-9._-]/g, '-');
  return `${role}-${host}-${process.pid}`.slice(0, 64);
}
