import type { EntityManager, QueryRunner } from 'typeorm';
import { currentContext, currentTrace, newId, type Clock } from '#libs/kernel';
import { takeApplicationLock } from './application-lock.js';
import { databaseErrors } from '../database.errors.js';
import { MAX_PARAMETERS, type Dialect } from '../sql/dialect.js';
import type { JobContract } from '../contracts/job-contract.js';
import { redactSecrets } from '../watching/redact-secrets.js';
import { SqlSession } from '../sql/sql-session.js';
import { chunksOf, sql, type SqlStatement } from '../sql/sql.js';
import type { TimeBound } from './time-bound.js';
import type {
  Audience,
  AuditEntry,
  Commit,
  CommittedJob,
  CommittedNotification,
  EnqueueOptions,
  NotificationMessage,
  Transaction,
} from './transaction.js';
import type { RowOf } from '../sql/row-of.js';
import type { InvalidationLogEntity } from '../tables/invalidation-log.entity.js';
import type { JobEntity } from '../tables/job.entity.js';
import type { NotificationEntity } from '../tables/notification.entity.js';

/** Above this a unit of work voids everything instead of naming tags: over-invalidation is safe. */
const MAX_TAGS = 5_000;
const EVERYTHING = '*';
const AUDIT_COLUMNS = 10;
const LOCK_SHARE = 0.9;

interface RecordedNotification extends NotificationMessage {
  readonly audience: Audience;
}

/** The {@link Transaction} handed to the work: collects the effects and writes them before the commit. */
export class PendingTransaction implements Transaction {
  private readonly session: SqlSession;
  private readonly tags = new Set<string>();
  private readonly jobs: CommittedJob[] = [];
  private readonly notifications: RecordedNotification[] = [];
  private readonly audits: AuditEntry[] = [];
  private readonly touched = new Set<string>();
  private isFinished = false;

  constructor(
    private readonly runner: QueryRunner,
    dialect: Dialect,
    private readonly clock: Clock,
    private readonly origin: string,
    private readonly bound: TimeBound,
  ) {
    this.session = new SqlSession(runner, dialect);
  }

  get manager(): EntityManager {
    this.assertOpen();
    return this.runner.manager;
  }

  query<Row extends object>(statement: SqlStatement): Promise<Row[]> {
    this.assertOpen();
    return this.session.query<Row>(statement);
  }

  execute(statement: SqlStatement): Promise<number> {
    this.assertOpen();
    return this.session.execute(statement);
  }

  async lock(resource: string): Promise<void> {
    this.assertOpen();
    const { options } = this.runner.dataSource;
    if (options.type !== 'mssql') return;
    // Ends before the unit of work itself does, so that the answer says what it waited for; and before the driver
    // gives the statement up, which would say that the database cannot be reached.
    const leftMs = Math.min(this.bound.leftMs, options.requestTimeout ?? this.bound.leftMs);
    await takeApplicationLock(this.session, resource, leftMs * LOCK_SHARE);
  }

  invalidate(...tags: readonly string[]): void {
    this.assertOpen();
    for (const tag of tags) this.tags.add(tag);
  }

  async enqueue<Payload>(
    job: JobContract<Payload>,
    payload: Payload,
    options: EnqueueOptions = {},
  ): Promise<string> {
    this.assertOpen();
    const checked = job.schema.parse(payload);
    if (options.dedupeKey !== undefined) {
      const waiting = await this.findWaiting(job.queue, options.dedupeKey);
      if (waiting !== undefined) return waiting;
    }
    const id = newId();
    const now = this.clock.wallMs();
    const availableAt = now + (options.delayMs ?? 0);
    const context = currentContext();
    await this.session.execute(
      sql.insert('job', [
        {
          id,
          name: job.name,
          version: job.version,
          queue: job.queue,
          payload_json: JSON.stringify(checked),
          state: 'pending',
          attempts: 0,
          max_attempts: job.retry.attempts,
          run_token: 0,
          cancel_requested: false,
          dedupe_key: options.dedupeKey ?? null,
          requested_by: context?.actor?.id ?? null,
          request_id: context?.requestId ?? null,
          traceparent: currentTrace()?.traceparent ?? null,
          available_at: availableAt,
          created_at: now,
        },
      ]),
    );
    this.jobs.push({ id, name: job.name, queue: job.queue, availableAt });
    return id;
  }

  notify(audience: Audience, message: NotificationMessage): void {
    this.assertOpen();
    this.notifications.push({ audience, ...message });
  }

  touch(...topics: readonly string[]): void {
    this.assertOpen();
    for (const topic of topics) this.touched.add(topic);
  }

  audit(entry: AuditEntry): void {
    this.assertOpen();
    this.audits.push(entry);
  }

  /**
   * Writes what was recorded. The log row comes last, so that its position is taken when nothing
   * but the commit is left to do: a hole in the positions is then short-lived.
   */
  async writeEffects(): Promise<Commit> {
    const now = this.clock.wallMs();
    await this.writeAudit(now);
    const notifications = await this.writeNotifications(now);
    const tags = this.tags.size > MAX_TAGS ? [EVERYTHING] : [...this.tags];
    const position = tags.length === 0 ? undefined : await this.writeLog(tags, now);
    const touched = [...this.touched];
    return { position, committedAt: now, tags, jobs: this.jobs, notifications, touched };
  }

  /** True once nothing can be sent through it any more. */
  get hasEnded(): boolean {
    return this.isFinished;
  }

  finish(): void {
    this.isFinished = true;
  }

  private assertOpen(): void {
    if (this.isFinished) throw databaseErrors.finished();
  }

  private async findWaiting(queue: string, dedupeKey: string): Promise<string | undefined> {
    const hint = sql.byDialect({ sqlite: sql.empty, mssql: sql` WITH (UPDLOCK, HOLDLOCK)` });
    const rows = await this.session.query<RowOf<JobEntity, 'id'>>(
      sql`SELECT id
          FROM job${hint}
          WHERE dedupe_key = ${dedupeKey} AND queue = ${queue}
            AND state IN ('pending', 'dispatched')`,
    );
    return rows[0]?.id;
  }

  private async writeAudit(now: number): Promise<void> {
    const context = currentContext();
    const rows = this.audits.map((entry) => ({
      id: newId(),
      at: now,
      actor_kind: context?.actor?.kind ?? 'system',
      actor_id: context?.actor?.id ?? null,
      request_id: context?.requestId ?? null,
      action: entry.action,
      entity: entry.entity,
      entity_id: entry.entityId,
      before_json: entry.before === undefined ? null : JSON.stringify(redactSecrets(entry.before)),
      after_json: entry.after === undefined ? null : JSON.stringify(redactSecrets(entry.after)),
    }));
    for (const chunk of chunksOf(rows, Math.floor(MAX_PARAMETERS / AUDIT_COLUMNS))) {
      await this.session.execute(sql.insert('audit_log', chunk));
    }
  }

  private async writeNotifications(now: number): Promise<CommittedNotification[]> {
    if (this.notifications.length === 0) return [];
    // Readers page through notifications by id, so ids must become visible in their order.
    await this.lock('notification');
    const written: CommittedNotification[] = [];
    for (const { audience, type, payload } of this.notifications) {
      const row = { audience, type, payload_json: JSON.stringify(payload), created_at: now };
      const rows = await this.session.query<RowOf<NotificationEntity, 'id'>>(
        sql.insert('notification', [row], 'id'),
      );
      written.push({ id: rows[0]?.id ?? 0, audience, type, payload, createdAt: now });
    }
    return written;
  }

  private async writeLog(tags: readonly string[], now: number): Promise<number> {
    const row = { tags_json: JSON.stringify(tags), origin: this.origin, committed_at: now };
    const rows = await this.session.query<RowOf<InvalidationLogEntity, 'position'>>(
      sql.insert('invalidation_log', [row], 'position'),
    );
    return rows[0]?.position ?? 0;
  }
}
