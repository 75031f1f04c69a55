import { Injectable } from '@nestjs/common';
import { InvalidationLog, sql, UnitOfWork, type SqlStatement } from '#libs/database';
import { PlatformPruner, type PrunesPlatform } from './platform-pruner.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Replicas write a heartbeat every few seconds; those that are silent for this long are gone. */
const REPLICA_GONE_MS = HOUR_MS;
/** Small enough that writers never wait noticeably for a batch. */
const BATCH = 500;

/** Followers that were away longer than an hour find their position gone and clear everything. */
@Injectable()
@PlatformPruner('invalidations')
class InvalidationPruner implements PrunesPlatform {
  constructor(private readonly log: InvalidationLog) {}

  pruneBatch(now: number): Promise<number> {
    return this.log.prune(now - HOUR_MS);
  }
}

@Injectable()
@PlatformPruner('jobs')
class FinishedJobPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    const expired = firstIds(
      sql`job`,
      sql`state IN ('completed', 'dead', 'cancelled') AND finished_at < ${now - 7 * DAY_MS}`,
    );
    return this.unitOfWork.run(async (tx) => {
      const rows = await tx.query<{ id: string }>(expired);
      const ids = sql.in(rows.map(({ id }) => id));
      await tx.execute(sql`DELETE FROM inbox WHERE job_id IN ${ids}`);
      return tx.execute(sql`DELETE FROM job WHERE id IN ${ids}`);
    });
  }
}

@Injectable()
@PlatformPruner('notifications')
class NotificationPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    const expired = firstIds(sql`notification`, sql`created_at < ${now - 30 * DAY_MS}`);
    return this.unitOfWork.run(async (tx) => {
      const rows = await tx.query<{ id: number }>(expired);
      const ids = sql.in(rows.map(({ id }) => id));
      await tx.execute(sql`DELETE FROM notification_read WHERE notification_id IN ${ids}`);
      return tx.execute(sql`DELETE FROM notification WHERE id IN ${ids}`);
    });
  }
}

@Injectable()
@PlatformPruner('replicas')
class ReplicaPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    return this.unitOfWork.run((tx) =>
      tx.execute(sql`DELETE FROM replica WHERE seen_at < ${now - REPLICA_GONE_MS}`),
    );
  }
}

/** Replicas that went a week ago say nothing about what is used now. */
@Injectable()
@PlatformPruner('hotKeys')
class HotKeyPruner implements PrunesPlatform {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  pruneBatch(now: number): Promise<number> {
    return this.unitOfWork.run((tx) =>
      tx.execute(sql`DELETE FROM hot_keys WHERE noted_at < ${now - 7 * DAY_MS}`),
    );
  }
}

/** All pruners of the platform's own tables. */
export const platformPruners = [
  InvalidationPruner,
  FinishedJobPruner,
  NotificationPruner,
  ReplicaPruner,
  HotKeyPruner,
];

function firstIds(table: SqlStatement, condition: SqlStatement): SqlStatement {
  return sql`SELECT id FROM ${table} WHERE ${condition} ORDER BY id ${sql.limit(BATCH)}`;
}
