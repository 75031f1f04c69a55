import type { RedisOptions } from 'ioredis';
import type { RedisConfig, RedisUrl } from '#libs/config';
import { exponentialBackoffMs } from '#libs/kernel';
import { LastingSentinelConnector } from './lasting-sentinel-connector.js';

/** What a connection is for decides how it waits and how it fails. */
export const REDIS_PURPOSES = [
  'commands',
  'backplane-publisher',
  'backplane-subscriber',
  'push-publisher',
  'push-subscriber',
  'jobs-producer',
  'jobs-worker',
] as const;

export type RedisPurpose = (typeof REDIS_PURPOSES)[number];

/** Of one part of the shared cache, where a cluster has it at several nodes; otherwise `commands` is its connection. */
export type SharedPurpose = `shared-${number}`;

/** Every connection has one of these names. */
export type ConnectionPurpose = RedisPurpose | SharedPurpose;

/** Replies keep their RESP2 shapes, which is what the types of ioredis describe by default. */
export type ConnectionOptions = RedisOptions & { readonly replyMapping: 'legacy' };

const RECONNECT = { baseMs: 50, factor: 2, maxMs: 5000 };
/**
 * Callers of commands are served slower until Redis is found again. In a cluster another node takes over within seconds, and what asks
 * where is one question for all connections.
 */
const RECONNECT_SOON = { ...RECONNECT, maxMs: 1000 };
const BULK_TIMEOUT_MS = 5000;
/** A Sentinel that accepts the question and does not answer: the next one is asked. */
const SENTINEL_TIMEOUT_MS = 1000;
const NODE_TIMEOUT_MS = 1000;

/**
 * ioredis options of one purpose.
 *
 * - Commands and publishers fail at once while Redis is away: nothing is queued, nothing is sent again,
 *   and no answer is awaited longer than the command timeout.
 * - Subscribers and workers wait for ever and catch up by themselves: their commands block by nature.
 */
export function connectionOptions(
  purpose: ConnectionPurpose,
  config: RedisConfig,
  connectionName: string,
): ConnectionOptions {
  const isFoundSoon = purpose === 'commands' || config.url.kind === 'cluster';
  return {
    ...addressOptions(config),
    ...purposeOptions(purpose, config.commandTimeoutMs),
    replyMapping: 'legacy',
    connectionName,
    connectTimeout: 5000,
    // A connection given up is destroyed soon: a frozen peer never answers the polite end.
    disconnectTimeout: 200,
    keepAlive: 5000,
    // Blocking reads of workers answer at least every few seconds, so a longer silence is a dead socket.
    socketTimeout: 15_000,
    retryStrategy: (attempt) =>
      exponentialBackoffMs(isFoundSoon ? RECONNECT_SOON : RECONNECT, attempt),
  };
}

function purposeOptions(purpose: ConnectionPurpose, commandTimeoutMs: number): RedisOptions {
  switch (purpose) {
    case 'commands':
    case 'backplane-publisher':
    case 'push-publisher':
      return { ...failFast, commandTimeout: commandTimeoutMs };
    case 'jobs-producer':
      return { ...failFast, commandTimeout: Math.max(BULK_TIMEOUT_MS, commandTimeoutMs) };
    case 'backplane-subscriber':
    case 'push-subscriber':
      return { maxRetriesPerRequest: null };
    case 'jobs-worker':
      return {
        maxRetriesPerRequest: null,
        reconnectOnError: (error) => (isReadOnly(error) ? 2 : false),
      };
    default:
      return purposeOptions('commands', commandTimeoutMs);
  }
}

/** How a node of a cluster is asked about itself: at once or not at all. */
export function nodeOptions(config: RedisConfig, connectionName: string): ConnectionOptions {
  return {
    ...addressOptions(config),
    replyMapping: 'legacy',
    connectionName,
    connectTimeout: NODE_TIMEOUT_MS,
    commandTimeout: NODE_TIMEOUT_MS,
    disconnectTimeout: 200,
    // The question waits for the connection, and fails with it.
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  };
}

const failFast: RedisOptions = {
  enableOfflineQueue: false,
  // What was under way when the connection went is rejected, never sent a second time.
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  // After a failover the old primary answers READONLY: connect again, to the new one.
  reconnectOnError: isReadOnly,
};

function isReadOnly(error: Error): boolean {
  return error.message.startsWith('READONLY');
}

function addressOptions({ url, tls: own }: RedisConfig): RedisOptions {
  const login: RedisOptions = {
    db: url.database,
    ...(url.username === undefined ? {} : { username: url.username }),
    ...(url.password === undefined ? {} : { password: url.password }),
  };
  const tls = tlsOptions(url, own);
  if (url.kind === 'standalone') {
    return { ...login, host: url.host, port: url.port, ...(tls === undefined ? {} : { tls }) };
  }
  // Which node is found out by the connector.
  if (url.kind === 'cluster') return { ...login, ...(tls === undefined ? {} : { tls }) };
  return {
    ...login,
    sentinels: url.sentinels.map(({ host, port }) => ({ host, port })),
    name: url.group,
    failoverDetector: true,
    Connector: LastingSentinelConnector,
    sentinelCommandTimeout: SENTINEL_TIMEOUT_MS,
    sentinelRetryStrategy: (attempt) => exponentialBackoffMs(RECONNECT, attempt),
    ...(url.sentinelPassword === undefined ? {} : { sentinelPassword: url.sentinelPassword }),
    ...(tls === undefined ? {} : { tls, sentinelTLS: tls, enableTLSForSentinelMode: true }),
  };
}

function tlsOptions(url: RedisUrl, { ca, cert, key }: RedisConfig['tls']): RedisOptions['tls'] {
  if (!url.tls) return undefined;
  return {
    // Sentinels and clusters answer with addresses; the certificate is checked against whatever was connected to.
    ...(url.kind === 'standalone' ? { servername: url.host } : {}),
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
}
