import { AuditLogEntity } from './audit-log.entity.js';
import { CdnPurgeEntity } from './cdn-purge.entity.js';
import { HotKeysEntity } from './hot-keys.entity.js';
import { IdempotencyRecordEntity } from './idempotency-record.entity.js';
import { InboxEntity } from './inbox.entity.js';
import { InstallationEntity } from './installation.entity.js';
import { InvalidationLogEntity } from './invalidation-log.entity.js';
import { InvalidationLogFloorEntity } from './invalidation-log-floor.entity.js';
import { JobEntity } from './job.entity.js';
import { NotificationEntity } from './notification.entity.js';
import { NotificationReadEntity } from './notification-read.entity.js';
import { ReplicaEntity } from './replica.entity.js';
import { ScheduleEntity } from './schedule.entity.js';
import { WriteLockEntity } from './write-lock.entity.js';

/** The tables that no slice owns: units of work, jobs, notifications, replicas. */
export const platformEntities = [
  AuditLogEntity,
  CdnPurgeEntity,
  HotKeysEntity,
  IdempotencyRecordEntity,
  InboxEntity,
  InstallationEntity,
  InvalidationLogEntity,
  InvalidationLogFloorEntity,
  JobEntity,
  NotificationEntity,
  NotificationReadEntity,
  ReplicaEntity,
  ScheduleEntity,
  WriteLockEntity,
];
