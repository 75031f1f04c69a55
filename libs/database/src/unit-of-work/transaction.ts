import type { EntityManager } from 'typeorm';
import type { JsonObject } from '#libs/kernel';
import type { JobContract } from '../contracts/job-contract.js';
import type { SqlStatement } from '../sql/sql.js';

/** Who gets a notification: one user, or everybody who holds a permission. */
export type Audience = `user:${string}` | `permission:${string}`;

export interface NotificationMessage {
  readonly type: string;
  /** Must not contain secrets: it is stored and pushed as it is. */
  readonly payload: JsonObject;
}

export interface AuditEntry {
  /** What was done, `area:entity:verb`. */
  readonly action: string;
  readonly entity: string;
  readonly entityId: string;
  /** States before and after; values under names that look secret are masked. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface EnqueueOptions {
  /** The job does not run earlier than this after the commit. */
  readonly delayMs?: number;
  /** While a job with the same key has not started, enqueueing again returns that job. */
  readonly dedupeKey?: string;
}

/**
 * A unit of work under way. Everything recorded through it is committed together with the rows it
 * wrote, or not at all; nothing leaves the process before the commit.
 */
export interface Transaction {
  /** For repositories only. */
  readonly manager: EntityManager;
  /** Rows of a SELECT, or of an INSERT/UPDATE that returns rows. */
  query<Row extends object>(statement: SqlStatement): Promise<Row[]>;
  /** Number of rows a write affected. */
  execute(statement: SqlStatement): Promise<number>;
  /**
   * Holds everybody else off who locks the same name, until this unit of work ends. On SQLite a unit of
   * work is the only one anyway; on SQL Server checking first and writing then races without it.
   * Throws `database.contention` when the lock is not granted in what is left of the time of a unit
   * of work.
   */
  lock(resource: string): Promise<void>;
  /** Marks everything cached under these tags as void, on every replica. */
  invalidate(...tags: readonly string[]): void;
  /** Records a job; it exists if and only if the unit of work commits. Resolves with its id. */
  enqueue<Payload>(
    job: JobContract<Payload>,
    payload: Payload,
    options?: EnqueueOptions,
  ): Promise<string>;
  notify(audience: Audience, message: NotificationMessage): void;
  /**
   * Tells those who watch what these name to look at it again, after the commit. It is a hint that may be
   * lost, and costs no row: what is watched is looked at from time to time all the same.
   */
  touch(...topics: readonly string[]): void;
  audit(entry: AuditEntry): void;
}

export interface CommittedJob {
  readonly id: string;
  readonly name: string;
  readonly queue: string;
  readonly availableAt: number;
}

export interface CommittedNotification {
  readonly id: number;
  readonly audience: Audience;
  readonly type: string;
  readonly payload: JsonObject;
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** What a committed unit of work brought about; given to the fast paths. */
export interface Commit {
  /** Position in the invalidation log; absent when nothing was invalidated. */
  readonly position: number | undefined;
  /** As its row in the log says, in epoch milliseconds. */
  readonly committedAt: number;
  readonly tags: readonly string[];
  readonly jobs: readonly CommittedJob[];
  readonly notifications: readonly CommittedNotification[];
  /** What those who watch it have to look at again. */
  readonly touched: readonly string[];
}
