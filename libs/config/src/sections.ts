import type { CardApiUrl } from './values/card-values.js';
import type { PurgeUrl } from './urls/purge-url.js';
import type { ConfigValues } from './config-table.js';
import type { DatabaseUrl } from './urls/database-url.js';
import { holeGiveUpMs } from './values/database-limits.js';
import type { Mailbox } from './values/mail-values.js';
import type { RedisTls, RedisUrl } from './urls/redis-url.js';
import type { SmtpUrl } from './urls/smtp-url.js';

/** What a process is there for; its command decides it. */
export type Role = 'commerce' | 'authoring';

export type LogLevel = ConfigValues['LOG_LEVEL'];

/** The kinds of requests that are limited apart from each other. */
export type LimitName = 'reads' | 'search' | 'carts' | 'checkout' | 'sign-in' | 'account';

/** The process itself. */
export class RuntimeConfig {
  readonly logLevel: LogLevel;
  /** Share of the answered requests that is logged. */
  readonly loggedRequests: number;
  readonly host: string;
  /** 0 means any free port. */
  readonly port: number;
  /** From the signal to the exit; includes `drainDelayMs`, which is always less. */
  readonly shutdownTimeoutMs: number;
  /** 0 means that a stopping replica refuses connections at once. */
  readonly drainDelayMs: number;

  constructor(
    readonly role: Role,
    readonly replicaId: string,
    values: ConfigValues,
  ) {
    this.logLevel = values.LOG_LEVEL;
    this.loggedRequests = values.LOG_REQUESTS;
    this.host = values.HOST;
    this.port = values.PORT;
    this.shutdownTimeoutMs = values.SHUTDOWN_TIMEOUT_MS;
    this.drainDelayMs = values.DRAIN_DELAY_MS;
  }

  /** What a stop may take after the drain delay: to finish what is under way, and to close. */
  get closeTimeoutMs(): number {
    return this.shutdownTimeoutMs - this.drainDelayMs;
  }
}

export class HttpConfig {
  readonly bodyLimitBytes: number;
  readonly uploadLimitBytes: number;
  /** IP addresses and ranges; empty when no proxy is trusted. */
  readonly trustedProxies: readonly string[];
  /** Lower-case origins or `*`; empty when cross-origin access is off. Valid for HTTP and sockets. */
  readonly corsOrigins: readonly string[];

  constructor(values: ConfigValues) {
    this.bodyLimitBytes = values.BODY_LIMIT_BYTES;
    this.uploadLimitBytes = values.UPLOAD_LIMIT_BYTES;
    this.trustedProxies = values.TRUSTED_PROXIES ?? [];
    this.corsOrigins = values.CORS_ORIGINS ?? [];
  }
}

export class DatabaseConfig {
  readonly url: DatabaseUrl;
  /** A copy of `url` that lags behind, and is read in its place; never set in authoring. */
  readonly copyUrl: DatabaseUrl | undefined;
  /** No transaction stays open longer, so an older hole in the log never fills. */
  readonly maxTransactionMs: number;
  /** A hole in the log that is older never fills: no statement, a COMMIT included, runs on that long. */
  readonly holeGiveUpMs: number;
  /** For SQLite. */
  readonly readThreads: number;
  /** For one read, on SQLite. */
  readonly readTimeoutMs: number;
  /** A statement that takes as long is logged; 0 means none is. */
  readonly slowMs: number;
  /** Until a thread, or a connection, is free. */
  readonly waitMs: number;

  constructor(values: ConfigValues) {
    const { DATABASE_URL: url, DATABASE_COPY_URL: copyUrl, DATABASE_TLS_CA: tlsCa } = values;
    this.url = withTlsCa(url, tlsCa);
    this.copyUrl = copyUrl === undefined ? undefined : withTlsCa(copyUrl, tlsCa);
    this.maxTransactionMs = values.MAX_TRANSACTION_MS;
    this.holeGiveUpMs = holeGiveUpMs(values.MAX_TRANSACTION_MS);
    this.readThreads = values.DATABASE_READ_THREADS;
    this.readTimeoutMs = values.DATABASE_READ_TIMEOUT_MS;
    this.waitMs = values.DATABASE_WAIT_MS;
    this.slowMs = values.DATABASE_SLOW_MS;
  }
}

function withTlsCa(url: DatabaseUrl, tlsCa: string | undefined): DatabaseUrl {
  return url.kind === 'mssql' && tlsCa !== undefined ? { ...url, tlsCa } : url;
}

export class RedisConfig {
  readonly url: RedisUrl;
  readonly tls: RedisTls;
  readonly commandTimeoutMs: number;
  readonly channelPrefix: string;

  constructor(values: ConfigValues) {
    this.url = values.REDIS_URL;
    this.tls = {
      ca: values.REDIS_TLS_CA,
      cert: values.REDIS_TLS_CERT,
      key: values.REDIS_TLS_KEY,
    };
    this.commandTimeoutMs = values.REDIS_COMMAND_TIMEOUT_MS;
    this.channelPrefix = values.CHANNEL_PREFIX;
  }
}

export class CacheConfig {
  readonly followIntervalMs: number;
  /** Always greater than `followIntervalMs`. */
  readonly leaseMs: number;
  /** Counted from the last successful follow; never less than `leaseMs`. */
  readonly maxStaleMs: number;
  /** For all readers of a replica together; and for the records of a commerce replica, 0 means none. */
  readonly maxBytes: number;
  readonly recordMaxBytes: number;
  /** Loads that run at once in a replica. */
  readonly maxLoads: number;
  /** Held values that are compared with the database; 0 means none. */
  readonly verifyPerSecond: number;
  /** Until then a starting replica may load ahead; 0 means that it does not. */
  readonly warmStartMs: number;

  constructor(values: ConfigValues) {
    this.followIntervalMs = values.CACHE_FOLLOW_INTERVAL_MS;
    this.leaseMs = values.CACHE_LEASE_MS;
    this.maxStaleMs = values.CACHE_MAX_STALE_MS;
    this.maxBytes = values.CACHE_MAX_BYTES;
    this.recordMaxBytes = values.CACHE_RECORDS_MAX_BYTES;
    this.maxLoads = values.CACHE_MAX_LOADS;
    this.verifyPerSecond = values.CACHE_VERIFY_PER_SECOND;
    this.warmStartMs = values.CACHE_WARM_START_MS;
  }
}

export class JobsConfig {
  /** Whether this replica runs handlers; never true in a commerce replica. */
  readonly worker: boolean;
  /** Jobs of one queue that run here at the same time. */
  readonly concurrency: number;

  constructor(role: Role, values: ConfigValues) {
    this.worker = role === 'authoring' && values.JOBS_WORKER;
    this.concurrency = values.JOBS_CONCURRENCY;
  }
}

export class PushConfig {
  readonly adapter: 'pubsub' | 'streams';

  constructor(values: ConfigValues) {
    this.adapter = values.PUSH_ADAPTER;
  }
}

/** Requests per client and minute, of each kind; 0 means that they are not limited. */
export class LimitsConfig {
  readonly perMinute: Readonly<Record<LimitName, number>>;
  /** IP addresses and ranges. */
  readonly exempt: readonly string[];

  constructor(values: ConfigValues) {
    this.perMinute = {
      reads: values.LIMIT_READS,
      search: values.LIMIT_SEARCH,
      carts: values.LIMIT_CARTS,
      checkout: values.LIMIT_CHECKOUT,
      'sign-in': values.LIMIT_SIGN_IN,
      account: values.LIMIT_ACCOUNT,
    };
    this.exempt = values.LIMIT_EXEMPT ?? [];
  }
}

export class MailConfig {
  /** Without it mails are stored and not sent; then `from` may be missing too. */
  readonly smtp: SmtpUrl | undefined;
  readonly smtpTimeoutMs: number;
  readonly from: Mailbox | undefined;
  /** Without a slash at the end; `{store}` stands for the code of a store. */
  readonly shopUrl: string | undefined;

  constructor(values: ConfigValues) {
    this.smtp = values.SMTP_URL;
    this.smtpTimeoutMs = values.SMTP_TIMEOUT_MS;
    this.from = values.MAIL_FROM;
    this.shopUrl = values.SHOP_URL;
  }
}

export class ScalingConfig {
  /** Between two evaluations of the scaling rules. */
  readonly intervalMs: number;

  constructor(values: ConfigValues) {
    this.intervalMs = values.SCALING_INTERVAL_MS;
  }
}

/** The place that a replica is at, and what the place has to have to serve. */
export class SiteConfig {
  readonly name: string;
  readonly maxLagMs: number;
  readonly minReplicas: number;

  constructor(values: ConfigValues) {
    this.name = values.SITE_NAME;
    this.maxLagMs = values.SITE_MAX_LAG_MS;
    this.minReplicas = values.SITE_MIN_REPLICAS;
  }
}

/** What card payments need. */
export interface CardAccount {
  readonly secretKey: string;
  readonly webhookSecret: string;
  readonly publishableKey: string | null;
  readonly captures: 'manual' | 'automatic';
  /** For one answer of the provider. */
  readonly timeoutMs: number;
  readonly api: CardApiUrl;
}

export class PaymentsConfig {
  /** Undefined: cards are not taken. */
  readonly card: CardAccount | undefined;
  /** From an order until it is cancelled because its card payment was never authorised. */
  readonly unpaidTtlMs: number;

  constructor(values: ConfigValues) {
    this.unpaidTtlMs = values.CARD_UNPAID_TTL_MS;
    const { CARD_SECRET_KEY: secretKey, CARD_WEBHOOK_SECRET: webhookSecret } = values;
    this.card =
      secretKey === undefined || webhookSecret === undefined
        ? undefined
        : {
            secretKey,
            webhookSecret,
            publishableKey: values.CARD_PUBLISHABLE_KEY ?? null,
            captures: values.CARD_CAPTURE,
            timeoutMs: values.CARD_TIMEOUT_MS,
            api: values.CARD_API_URL,
          };
  }
}

export type CdnProvider = NonNullable<ConfigValues['CDN_PROVIDER']>;

/** Where purges go to, and what is allowed there. */
export interface CdnPurging {
  readonly provider: CdnProvider;
  /** One or more; each is a cache of its own. */
  readonly urls: readonly PurgeUrl[];
  readonly token: string | undefined;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** A purge of more tags is one of everything. */
  readonly maxTags: number;
  /** A purge is repeated after this; never less than the lease of the cache. */
  readonly repeatAfterMs: number;
}

/** The shared caches (a CDN, Varnish) between shoppers and commerce. */
export class CdnConfig {
  /** Decides under which header answers name what they are made of. */
  readonly provider: CdnProvider | undefined;
  /** Undefined: nothing is purged. */
  readonly purging: CdnPurging | undefined;
  readonly sharedSeconds: number;
  readonly staleWhileRevalidateSeconds: number;

  constructor(values: ConfigValues) {
    const { CDN_PROVIDER: provider, CDN_PURGE_URL: urls } = values;
    this.provider = provider;
    this.sharedSeconds = values.CDN_SHARED_SECONDS;
    this.staleWhileRevalidateSeconds = values.CDN_STALE_SECONDS;
    this.purging =
      provider === undefined || urls === undefined
        ? undefined
        : {
            provider,
            urls,
            token: values.CDN_PURGE_TOKEN,
            intervalMs: values.CDN_PURGE_INTERVAL_MS,
            timeoutMs: values.CDN_PURGE_TIMEOUT_MS,
            maxTags: values.CDN_PURGE_MAX_TAGS,
            repeatAfterMs: values.CDN_PURGE_REPEAT_MS,
          };
  }
}
