import { Injectable } from '@nestjs/common';
import type { DataSource, QueryRunner } from 'typeorm';
import {
  AsyncScope,
  currentContext,
  delay,
  exponentialBackoffMs,
  LockstepError,
  type Clock,
} from '#libs/kernel';
import { databaseErrors } from './database.errors.js';
import { isTransient, isUnreachable, type Dialect } from './dialect.js';
import { PendingTransaction } from './pending-transaction.js';
import type { Commit, Transaction } from './transaction.js';
import { WriteMutex } from './write-mutex.js';

export interface UnitOfWorkOptions {
  readonly dialect: Dialect;
  /** Names this replica in the invalidation log. */
  readonly origin: string;
  readonly clock: Clock;
  /** Longest time a transaction may take, in milliseconds; followers give up log holes after it. */
  readonly maxTransactionMs: number;
  /** Runs in total when the database reports transient errors. */
  readonly maxAttempts: number;
  /** Told when a commit listener throws; the commit stands and the guaranteed paths repair. */
  readonly onListenerFailure: (error: unknown) => void;
}

export type CommitListener = (commit: Commit) => void;

const BUSY_RETRY_MS = 20;
const RETRY = { baseMs: 50, factor: 3, maxMs: 2_000 };

/**
 * The only way to write. One transaction holds the rows and all their effects (invalidations, jobs,
 * notifications, audit lines): they commit together or not at all.
 *
 * - A nested `run` joins the outer transaction.
 * - On transient errors the whole work is run again, bounded; it must therefore have no effect
 *   outside its transaction.
 * - SQLite: units of a process take turns, and each takes the write lock with its first statement;
 *   waiting for another process never blocks the event loop.
 * - After the commit the listeners are called, once, synchronously, before `run` resolves. Their
 *   failures never reach the caller.
 */
@Injectable()
export class UnitOfWork {
  private readonly mutex = new WriteMutex();
  private readonly underWay = new AsyncScope<PendingTransaction>();
  private readonly listeners = new Set<CommitListener>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly options: UnitOfWorkOptions,
  ) {}

  get dialect(): Dialect {
    return this.options.dialect;
  }

  /** Units of work of this process that wait for their turn (SQLite only). */
  get queueLength(): number {
    return this.mutex.queueLength;
  }

  /** Calls `listener` after every commit of this process. Returns the function that ends it. */
  onCommit(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const outer = this.underWay.current;
    if (outer !== undefined) return work(outer);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (error instanceof LockstepError) throw error;
        if (!isTransient(this.dialect, error)) throw this.translated(error);
        if (attempt >= this.options.maxAttempts) {
          throw databaseErrors.contention({ cause: error, retryAfterSeconds: 1 });
        }
        await delay(exponentialBackoffMs(RETRY, attempt));
      }
    }
  }

  private async attempt<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const release =
      this.dialect === 'sqlite'
        ? await this.mutex.acquire(this.options.maxTransactionMs)
        : () => undefined;
    let runner: QueryRunner | undefined;
    try {
      runner = await this.begin();
      const transaction = new PendingTransaction(
        runner,
        this.dialect,
        this.options.clock,
        this.options.origin,
      );
      const { result, commit } = await this.perform(runner, transaction, work);
      this.announce(commit);
      return result;
    } finally {
      await runner?.release().catch(() => undefined);
      release();
    }
  }

  private async perform<T>(
    runner: QueryRunner,
    transaction: PendingTransaction,
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<{ result: T; commit: Commit }> {
    const startedAt = this.options.clock.monotonicMs();
    let isCommitting = false;
    try {
      const result = await this.underWay.run(transaction, () => work(transaction));
      const commit = await transaction.writeEffects();
      this.assertNotTooLong(startedAt);
      isCommitting = true;
      await runner.commitTransaction();
      return { result, commit };
    } catch (error) {
      // A failed rollback leaves nothing behind either: the database ends the transaction itself.
      await runner.rollbackTransaction().catch(() => undefined);
      if (isCommitting && this.dialect === 'mssql' && isUnreachable(error)) {
        throw databaseErrors.commitUnknown({ cause: error });
      }
      throw error;
    } finally {
      transaction.finish();
    }
  }

  /** Opens a transaction that holds the write lock already (SQLite), retrying without blocking. */
  private async begin(): Promise<QueryRunner> {
    const deadline = this.options.clock.monotonicMs() + this.options.maxTransactionMs;
    for (;;) {
      const runner = this.dataSource.createQueryRunner();
      try {
        await runner.startTransaction();
        if (this.dialect === 'sqlite') await runner.query('DELETE FROM write_lock WHERE 0');
        return runner;
      } catch (error) {
        await runner.rollbackTransaction().catch(() => undefined);
        await runner.release().catch(() => undefined);
        const isOver = this.options.clock.monotonicMs() > deadline;
        if (this.dialect !== 'sqlite' || !isTransient('sqlite', error)) throw error;
        if (isOver) throw databaseErrors.contention({ cause: error, retryAfterSeconds: 1 });
        await delay(Math.random() * BUSY_RETRY_MS);
      }
    }
  }

  /**
   * A transaction that took longer than its bound must not commit: followers may have given up
   * the position of its log row.
   */
  private assertNotTooLong(startedAt: number): void {
    const tookMs = this.options.clock.monotonicMs() - startedAt;
    if (tookMs > this.options.maxTransactionMs) {
      throw databaseErrors.tooLong({ message: `a unit of work took ${Math.round(tookMs)} ms` });
    }
  }

  private announce(commit: Commit): void {
    const context = currentContext();
    if (context !== undefined && commit.position !== undefined) context.position = commit.position;
    for (const listener of this.listeners) {
      try {
        listener(commit);
      } catch (error) {
        this.options.onListenerFailure(error);
      }
    }
  }

  private translated(error: unknown): unknown {
    return isUnreachable(error)
      ? databaseErrors.unavailable({ cause: error, retryAfterSeconds: 2 })
      : error;
  }
}
