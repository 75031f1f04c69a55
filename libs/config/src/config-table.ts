import { parseCardApiUrl, parseKeyOf } from './card-values.js';
import { parseDatabaseUrl } from './database-url.js';
import { parseMailbox, parseShopUrl } from './mail-values.js';
import { parseRedisUrl } from './redis-url.js';
import { parseSmtpUrl } from './smtp-url.js';
import {
  addressList,
  byteSize,
  choice,
  flag,
  integer,
  matching,
  originList,
  parsedText,
  type TextSchema,
} from './value-schemas.js';

export const CONFIG_SECTIONS = [
  'runtime',
  'http',
  'database',
  'redis',
  'cache',
  'jobs',
  'push',
  'scaling',
  'mail',
  'payments',
] as const;

/** One row of the table. */
export interface ConfigKey<T = unknown> {
  readonly section: (typeof CONFIG_SECTIONS)[number];
  /** One or two sentences for the person who sets it. */
  readonly doc: string;
  readonly unit?: string;
  readonly schema: TextSchema<T>;
  /** The text that is read when the key is not set. */
  readonly default?: string;
  /** The key may stay unset; the text says what happens then. */
  readonly optional?: string;
  /** How it is masked when printed. Secrets may also come from a file named by `<KEY>_FILE`. */
  readonly secret?: 'login' | 'all';
  readonly example?: string;
}

const MINUTE_MS = 60_000;
const name = matching(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  '1 to 64 letters, digits, ".", "_", "-"',
);

/** Its message does not repeat the text: a key pasted here by mistake must not reach a log. */
function requirePem(text: string): string {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new Error('must be a PEM certificate');
  return text;
}

/**
 * Every key that Lockstep reads: the only place where a key, its meaning and its default are
 * written down. The documents and `.env.example` are rendered from it.
 */
export const configTable = {
  REPLICA_ID: {
    section: 'runtime',
    doc: 'Name of this process in logs, metrics, the fleet view and the Lockstep-Replica header. Must differ between replicas.',
    schema: name,
    optional: '`<role>-<host name>-<process id>`',
    example: 'commerce-1',
  },
  LOG_LEVEL: {
    section: 'runtime',
    doc: 'Least severe level that is logged.',
    schema: choice('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    default: 'info',
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
  HOST: {
    section: 'http',
    doc: 'Address to listen on. The container image sets 0.0.0.0.',
    schema: matching(/^[A-Za-z0-9.:_-]{1,255}$/, 'a host name or an IP address'),
    default: '127.0.0.1',
  },
  PORT: {
    section: 'http',
    doc: 'Port to listen on (API, Socket.IO, health and metrics); 0 picks a free one.',
    schema: integer(0, 65_535),
    default: '3000',
  },
  BODY_LIMIT_BYTES: {
    section: 'http',
    doc: 'Largest JSON body; a larger one is answered with 413.',
    unit: 'bytes, or KiB, MiB, GiB',
    schema: byteSize(1024, 64 * 1024 ** 2),
    default: '262144',
  },
  UPLOAD_LIMIT_BYTES: {
    section: 'http',
    doc: 'Largest uploaded file (authoring).',
    unit: 'bytes, or KiB, MiB, GiB',
    schema: byteSize(1024, 16 * 1024 ** 3),
    default: '200MiB',
  },
  TRUSTED_PROXIES: {
    section: 'http',
    doc: 'Addresses or ranges, comma-separated, of the proxies whose X-Forwarded-* headers are believed.',
    schema: addressList,
    optional: 'none is believed',
    example: '10.0.0.0/8',
  },
  CORS_ORIGINS: {
    section: 'http',
    doc: 'Origins, comma-separated, whose pages may call the API and open a socket; * allows every origin.',
    schema: originList,
    optional: 'no cross-origin access',
    example: 'https://shop.example,https://office.example',
  },
  DATABASE_URL: {
    section: 'database',
    doc: 'The truth: `sqlite:<file>` (embedded) or `mssql://user:password@host:1433/database?encrypt=true`. Parameters of mssql: encrypt (true; `strict` is TDS 8), trustServerCertificate (false), multiSubnetFailover (false), authentication (password; or `managed-identity` with the client id, if any, as user; `service-principal` with client id and secret as user and password, and tenantId; `default-chain`), poolMax (10; so many connections for loads, as many for writes, and seven more: for jobs, the heartbeat and following), connectTimeoutMs (15000), requestTimeoutMs (15000; at most twice MAX_TRANSACTION_MS).',
    schema: parsedText(parseDatabaseUrl),
    default: 'sqlite:./data/lockstep.db',
    secret: 'login',
  },
  DATABASE_COPY_URL: {
    section: 'database',
    doc: 'Commerce only, for a site with a copy of the database that lags behind: everything shoppers see and the invalidation log are read there, and writes go to DATABASE_URL. Same form and kind as DATABASE_URL, and another database. The copy gets data and log together and in order; a replica never changes it.',
    schema: parsedText(parseDatabaseUrl),
    optional: 'reads go to DATABASE_URL',
    secret: 'login',
    example: 'sqlite:./data/copy.db',
  },
  DATABASE_TLS_CA: {
    section: 'database',
    doc: 'Certificate authority (PEM) that the certificates of SQL Server are checked against, usually given as DATABASE_TLS_CA_FILE.',
    schema: parsedText(requirePem),
    optional: 'the authorities Node.js trusts',
    secret: 'all',
  },
  MAX_TRANSACTION_MS: {
    section: 'database',
    doc: 'Longest time a transaction may stay open: it is rolled back then, and a hole in the invalidation log that is older is a transaction that will never commit. Same value on every replica.',
    unit: 'ms',
    schema: integer(500, 10 * MINUTE_MS),
    default: '10000',
  },
  DATABASE_READ_THREADS: {
    section: 'database',
    doc: 'SQLite only: worker threads on which one replica reads. One of them is left to queries that have proven quick, and following the invalidation log has another one of its own.',
    schema: integer(2, 64),
    default: '2',
  },
  DATABASE_READ_TIMEOUT_MS: {
    section: 'database',
    doc: 'SQLite only: longest time one read may take; it fails with 503 then. (SQL Server: requestTimeoutMs of DATABASE_URL.)',
    unit: 'ms',
    schema: integer(100, 10 * MINUTE_MS),
    default: '10000',
  },
  DATABASE_WAIT_MS: {
    section: 'database',
    doc: 'Longest time a read (SQL Server: a write too) waits until the database has room for it; it fails with 503 `database.busy` then. A write of SQLite waits for its turn as long as MAX_TRANSACTION_MS.',
    unit: 'ms',
    schema: integer(100, MINUTE_MS),
    default: '5000',
  },
  REDIS_URL: {
    section: 'redis',
    doc: 'Messages and disposable copies: `redis://[user:password@]host:6379[/database]`, `rediss://` for TLS, `redis+sentinel://[user:password@]host1:26379,host2:26379/group[/database][?sentinelPassword=]`, or the Azure form `host:6380,password=...,ssl=True,abortConnect=False`.',
    schema: parsedText(parseRedisUrl),
    secret: 'login',
    example: 'redis://127.0.0.1:6379',
  },
  REDIS_TLS_CA: {
    section: 'redis',
    doc: 'Certificate authority (PEM) that Redis certificates are checked against, usually given as REDIS_TLS_CA_FILE.',
    schema: parsedText(requirePem),
    optional: 'the authorities Node.js trusts',
    secret: 'all',
  },
  REDIS_COMMAND_TIMEOUT_MS: {
    section: 'redis',
    doc: 'Longest wait for the answer to one command; SQL answers after that.',
    unit: 'ms',
    schema: integer(20, 10_000),
    default: '300',
  },
  CHANNEL_PREFIX: {
    section: 'redis',
    doc: 'Namespace of channels, keys and queues, so that two installations can share a Redis. Same value on every replica.',
    schema: matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, '1 to 32 letters, digits, ".", "_", "-"'),
    default: 'lockstep',
  },
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
  PUSH_ADAPTER: {
    section: 'push',
    doc: 'How Socket.IO events travel between replicas: pubsub (@socket.io/redis-adapter) or streams (@socket.io/redis-streams-adapter).',
    schema: choice('pubsub', 'streams'),
    default: 'pubsub',
  },
  SMTP_URL: {
    section: 'mail',
    doc: 'Authoring only: the server that mails are given to, `smtp://[user:password@]host[:587]` or `smtps://` for TLS from the start. Parameter of smtp: tls (required: STARTTLS or nothing, the default with a login; offered, the default without one; none).',
    schema: parsedText(parseSmtpUrl),
    optional: 'mails are stored and not sent',
    secret: 'login',
    example: 'smtp://user:password@mail.example:587',
  },
  SMTP_TIMEOUT_MS: {
    section: 'mail',
    doc: 'Longest time that giving one mail to the server may take, from the connection to its last answer.',
    unit: 'ms',
    schema: integer(100, 10 * MINUTE_MS),
    default: '30000',
  },
  MAIL_FROM: {
    section: 'mail',
    doc: 'Authoring only: who mails come from. Required when SMTP_URL is set.',
    schema: parsedText(parseMailbox),
    optional: 'no mail is sent',
    example: 'The Shop <shop@example.com>',
  },
  SHOP_URL: {
    section: 'mail',
    doc: 'Where the pages of the shop are that links in mails lead to; `{store}` in it stands for the code of the store.',
    schema: parsedText(parseShopUrl),
    optional: 'mails have no links',
    example: 'https://shop.example/{store}',
  },
  SCALING_INTERVAL_MS: {
    section: 'scaling',
    doc: 'Authoring only: how often the scaling rules are evaluated. The replica that does it is replaced after three times as long.',
    unit: 'ms',
    schema: integer(100, 10 * MINUTE_MS),
    default: '15000',
  },
  CARD_SECRET_KEY: {
    section: 'payments',
    doc: 'Secret or restricted key of the Stripe account that card payments go to. Both roles; CARD_WEBHOOK_SECRET is required with it.',
    schema: parsedText(
      parseKeyOf('a key of the provider, which begins with sk_ or rk_', ['sk_', 'rk_']),
    ),
    optional: 'cards are not taken',
    secret: 'all',
  },
  CARD_WEBHOOK_SECRET: {
    section: 'payments',
    doc: 'Signing secret of the webhook endpoint `/api/v1/payments/webhooks/card` of the commerce role, which the account sends its events to.',
    schema: parsedText(parseKeyOf('a signing secret, which begins with whsec_', ['whsec_'])),
    optional: 'cards are not taken',
    secret: 'all',
  },
  CARD_PUBLISHABLE_KEY: {
    section: 'payments',
    doc: 'Publishable key of the account, told to shops that let shoppers enter their card.',
    schema: parsedText(parseKeyOf('a publishable key, which begins with pk_', ['pk_'])),
    optional: 'shops have to know it',
  },
  CARD_CAPTURE: {
    section: 'payments',
    doc: 'Whether what a shopper has authorised is taken by staff (manual) or at once (automatic).',
    schema: choice('manual', 'automatic'),
    default: 'manual',
  },
  CARD_TIMEOUT_MS: {
    section: 'payments',
    doc: 'Longest wait for one answer of the card provider; a request is sent at most twice, within a checkout once and for 3 s at most.',
    unit: 'ms',
    schema: integer(100, MINUTE_MS),
    default: '8000',
  },
  CARD_API_URL: {
    section: 'payments',
    doc: 'Where the API of the card provider is; another one is for tests.',
    schema: parsedText(parseCardApiUrl),
    default: 'https://api.stripe.com',
  },
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
