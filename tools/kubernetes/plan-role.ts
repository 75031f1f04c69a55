import { configRows, ConfigurationError, loadConfig, type Config } from '#libs/config';
import type { RoleName, RolePlan } from './fleet-plan.js';
import type { FleetDocument } from './fleet-schema.js';

const MIB = 1024 ** 2;
/** Files of secrets, one for each key. */
export const SECRETS_DIRECTORY = '/run/secrets/lockstep';
export const fileOf = (key: string) => `${SECRETS_DIRECTORY}/${key}`;

/**
 * A pod that is to end learns it at the same moment as those who send it requests; they need seconds to look elsewhere, and the
 * replica answers until then. No hook before the stop is needed: a hook would only delay the replica's own "not ready".
 */
const DEFAULTS = { DRAIN_DELAY_MS: '5000', SHUTDOWN_TIMEOUT_MS: '25000' };
const LEAST_DRAIN_MS = 1_000;

/** Replicas disagree about who they are to one another when these differ between roles. */
const SAME_EVERYWHERE = ['CHANNEL_PREFIX', 'MAX_TRANSACTION_MS', 'PUSH_ADAPTER'];
/** The image and the manifests say these: probes and services count on it. */
const OF_THE_MANIFESTS = ['HOST', 'PORT', 'REPLICA_ID'];
const REQUIRED_SECRETS = ['DATABASE_URL', 'REDIS_URL'];

/** Beside the cache: Node lets the heap grow to half of the limit, and the doctor wants the cache and 128 MiB in it. */
const BESIDE_CACHE_MIB = 256;
/** Authoring reads imports and makes documents as well. */
const USUAL_MIB = { commerce: 512, authoring: 768 } as const;
/** Of what is usual, for the records and the search indexes that a commerce replica holds. */
const USUAL_RECORDS_MIB = 128;
const USUAL_INDEX_MIB = 128;

const rows = new Map<string, { readonly secret?: string }>(configRows);

/** What a role is told and needs; whatever is wrong is added to `breaches`, and the plan is of no use then. */
export function planRole(
  document: FleetDocument,
  role: RoleName,
  breaches: string[],
): RolePlan | undefined {
  const found: string[] = [];
  const { cpu, memory } = document[role];
  const settings = { ...DEFAULTS, ...document.settings, ...document[role].settings };
  const secrets = { ...document.secrets, ...document[role].secrets };
  checkKeys(document, role, found);
  const config = found.length === 0 ? configOf(role, settings, secrets, found) : undefined;
  const memoryMib = config === undefined ? 0 : memoryOf(role, memory, config, found);
  if (config !== undefined && config.runtime.drainDelayMs < LEAST_DRAIN_MS) {
    found.push(
      `DRAIN_DELAY_MS: ${config.runtime.drainDelayMs} refuses requests of those that have not heard yet that the pod ends; ${LEAST_DRAIN_MS} at least`,
    );
  }
  breaches.push(...found.map((breach) => `${role}: ${breach}`));
  if (config === undefined || found.length > 0) return undefined;
  const { shutdownTimeoutMs } = config.runtime;
  return { role, settings, secrets, cpu, memoryMib, shutdownTimeoutMs };
}

function checkKeys(document: FleetDocument, role: RoleName, found: string[]): void {
  const own = document[role];
  const set = [...Object.keys(document.settings), ...Object.keys(own.settings)];
  const referenced = [...Object.keys(document.secrets), ...Object.keys(own.secrets)];
  for (const key of [...set, ...referenced]) {
    if (!rows.has(key)) found.push(`${key}: is no key of docs/configuration.md`);
  }
  for (const key of set) {
    if (rows.get(key)?.secret !== undefined) {
      found.push(`${key}: is a secret; name a key of a Secret under secrets`);
    }
    if (OF_THE_MANIFESTS.includes(key)) found.push(`${key}: is set by the manifests`);
  }
  for (const key of referenced) {
    if (rows.has(key) && rows.get(key)?.secret === undefined) {
      found.push(`${key}: is no secret; give its value under settings`);
    }
  }
  for (const key of SAME_EVERYWHERE) {
    if (key in own.settings) {
      found.push(`${key}: must be the same everywhere; say it once, in the settings of both roles`);
    }
  }
  for (const key of REQUIRED_SECRETS) {
    if (!referenced.includes(key)) found.push(`${key}: name a key of a Secret under secrets`);
  }
}

/** What the replicas would make of it. The contents of secrets are not known here and not judged. */
function configOf(
  role: RoleName,
  settings: RolePlan['settings'],
  secrets: RolePlan['secrets'],
  found: string[],
): Config | undefined {
  const files = Object.fromEntries(Object.keys(secrets).map((key) => [`${key}_FILE`, fileOf(key)]));
  try {
    return loadConfig({ ...settings, ...files }, role, standIn);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    found.push(...error.problems);
    return undefined;
  }
}

/** For each secret something that its key accepts. */
const STAND_INS: Readonly<Record<string, string>> = {
  DATABASE_URL: 'mssql://user:password@database:1433/lockstep',
  DATABASE_COPY_URL: 'mssql://user:password@copy:1433/lockstep',
  REDIS_URL: 'rediss://user:password@redis:6379',
  SMTP_URL: 'smtp://user:password@mail:587',
  CARD_SECRET_KEY: 'sk_test_0123456789',
  CARD_WEBHOOK_SECRET: 'whsec_0123456789',
  CDN_PURGE_TOKEN: 'token',
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=token',
  DATABASE_TLS_CA: '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----',
  REDIS_TLS_CA: '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----',
  REDIS_TLS_CERT: '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----',
  REDIS_TLS_KEY: '-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----',
};

function standIn(path: string): string {
  return STAND_INS[path.slice(SECRETS_DIRECTORY.length + 1)] ?? '';
}

function memoryOf(
  role: RoleName,
  memory: string | undefined,
  { cache, search }: Config,
  found: string[],
): number {
  const cacheMib = Math.ceil(cache.maxBytes / MIB);
  const recordsMib = role === 'commerce' ? Math.ceil(cache.recordMaxBytes / MIB) : 0;
  const indexMib = role === 'commerce' ? Math.ceil(search.indexMaxBytes / MIB) : 0;
  const moreMib =
    Math.max(0, recordsMib - USUAL_RECORDS_MIB) + Math.max(0, indexMib - USUAL_INDEX_MIB);
  if (memory === undefined) return 2 * cacheMib + USUAL_MIB[role] + moreMib;
  const given = Number.parseInt(memory, 10) * (memory.endsWith('Gi') ? 1024 : 1);
  const needed = 2 * cacheMib + BESIDE_CACHE_MIB + recordsMib + indexMib;
  if (given < needed) {
    found.push(
      `memory: ${memory} has no room for CACHE_MAX_BYTES (${cacheMib}Mi), CACHE_RECORDS_MAX_BYTES (${recordsMib}Mi) and SEARCH_INDEX_MAX_BYTES (${indexMib}Mi); give ${needed}Mi at least, or lower them`,
    );
  }
  return given;
}
