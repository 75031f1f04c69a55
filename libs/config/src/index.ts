export { renderConfigurationDocument, renderEnvExample } from './config-documents.js';
export { configRows } from './config-table.js';
export { ConfigModule } from './config.module.js';
export { ConfigurationError } from './configuration-error.js';
export { parseDatabaseUrl } from './urls/database-url.js';
export type { DatabaseUrl, MssqlUrl, SqliteUrl } from './urls/database-url.js';
export type { MssqlLogin } from './urls/mssql-url.js';
export { describeConfig } from './describe-config.js';
export { loadConfig, processEnvironment, type Config, type Environment } from './load-config.js';
export type { CollectorHeaders, CollectorUrl } from './values/collector-values.js';
export type { PurgeUrl } from './urls/purge-url.js';
export type { Mailbox } from './values/mail-values.js';
export type { RedisEndpoint } from './urls/redis-endpoint.js';
export type { ClusterRedis, RedisUrl, SentinelRedis, StandaloneRedis } from './urls/redis-url.js';
export type { SmtpUrl } from './urls/smtp-url.js';
export {
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
  type CardAccount,
  type CdnProvider,
  type CdnPurging,
  type LimitName,
  type LogLevel,
  type Role,
} from './sections.js';
export { SearchConfig } from './values/search-config.js';
export { TracingConfig } from './values/tracing-config.js';
