export {
  AuditLogReader,
  type AuditLogEntry,
  type AuditLogFilter,
} from './logs/audit-log.reader.js';
export { backUpSqlite, restoreSqlite } from './backup/sqlite-backup.js';
export { DatabaseClock } from './database-clock.js';
export { DatabaseState } from './opening/database-state.js';
export { databaseErrors } from './database.errors.js';
export { DatabaseModule } from './database.module.js';
export { migrateDatabase, openMigrated, writeOptions } from './opening/data-sources.js';
export {
  isTransient,
  isUniqueViolation,
  isUnreachable,
  MAX_PARAMETERS,
  type Dialect,
} from './sql/dialect.js';
export { heldBy, releaseLease, takeLease, type LeaseRow } from './unit-of-work/lease.js';
export { heldRows, keptRows } from './unit-of-work/held-rows.js';
export { InstallationReader, type Installation } from './opening/installation.js';
export { integerColumn } from './schema/integer-column.js';
export { InvalidationLog, type LogExcerpt, type LogRecord } from './logs/invalidation-log.js';
export {
  defineJob,
  type JobContract,
  type JobDefinition,
  type JobRetryPolicy,
} from './contracts/job-contract.js';
export { deleteBatch } from './sql/delete-batch.js';
export {
  TellsPersonalData,
  TellsPersonalDataMark,
  type PersonalData,
  type PersonalPart,
} from './contracts/personal-data.js';
export {
  PlatformPruner,
  PlatformPrunerMark,
  type PrunesPlatform,
} from './contracts/platform-pruner.js';
export { platformEntities } from './tables/platform-entities.js';
export { KeepsLedger, KeepsLedgerMark, type LedgerTables } from './contracts/keeps-ledger.js';
export { PrimaryReader } from './reads/primary-reader.js';
export { FileReads } from './reads/file-reads.js';
export { openReads, type DatabaseReads } from './reads/open-reads.js';
export type { ReadOptions, ReadSource } from './reads/read-source.js';
export { redactSecrets } from './watching/redact-secrets.js';
export type { CdnPurgeEntity } from './tables/cdn-purge.entity.js';
export type { HotKeysEntity } from './tables/hot-keys.entity.js';
export type { InboxEntity } from './tables/inbox.entity.js';
export type { JobEntity } from './tables/job.entity.js';
export type { NotificationReadEntity } from './tables/notification-read.entity.js';
export type { NotificationEntity } from './tables/notification.entity.js';
export type { ReplicaEntity } from './tables/replica.entity.js';
export type { ScheduleEntity } from './tables/schedule.entity.js';
export type { OuterRowOf, Renamed, RowOf } from './sql/row-of.js';
export { deleteRows, insertRows, type Row } from './sql/row-batches.js';
export type { SqlQueries } from './sql/sql-queries.js';
export { SqlReader } from './reads/sql-reader.js';
export { chunksOf, likePrefix, sql, SqlStatement, type SqlParameter } from './sql/sql.js';
export type {
  Audience,
  AuditEntry,
  Commit,
  CommittedJob,
  CommittedNotification,
  EnqueueOptions,
  NotificationMessage,
  Transaction,
} from './unit-of-work/transaction.js';
export {
  UnitOfWork,
  type CommitListener,
  type UnitOfWorkOptions,
} from './unit-of-work/unit-of-work.js';
export { idempotencyErrors } from './idempotency/idempotency.errors.js';
export {
  IdempotentUnitOfWork,
  type IdempotentRequest,
} from './idempotency/idempotent-unit-of-work.js';
