export { renderConfigurationDocument, renderEnvExample } from './config-documents.js';
export { configRows } from './config-table.js';
export { ConfigModule } from './config.module.js';
export { ConfigurationError } from './configuration-error.js';
export { parseDatabaseUrl } from './database-url.js';
export type { DatabaseUrl, MssqlUrl, SqliteUrl } from './database-url.js';
export type { MssqlLogin } from './mssql-url.js';
export { describeConfig } from './describe-config.js';
export { loadConfig, processEnvironment, type Config, type Environment } from './load-config.js';
export type { CollectorHeaders, CollectorUrl } from './collector-values.js';
export type { PurgeUrl } from './purge-url.js';
export type { Mailbox } from './mail-values.js';
export type { RedisEndpoint } from './redis-endpoint.js';
export type { RedisUrl, SentinelRedis, StandaloneRedis } from './redis-url.js';
export type { SmtpUrl } from './smtp-url.js';
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
export { TracingConfig } from './tracing-config.js';
