import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import {
  currentContext,
  currentTrace,
  delay,
  exponentialBackoffMs,
  LockstepError,
  traced,
  type Clock,
} from '#libs/kernel';
import { databaseErrors } from '../database.errors.js';
import {
  isCommitUnknown,
  isTransient,
  isUnreachable,
  isUnwritable,
  recommendedDelayMs,
  type Dialect,
} from '../sql/dialect.js';
import {
  writeTurns,
  type ConnectionPart,
  type WriteTurns,
} from '../connections/connection-parts.js';
import { openWriteConnection } from './open-write-connection.js';
import { PendingTransaction } from './pending-transaction.js';
import type { OnStatement } from '../watching/slow-statements.js';
import { OutOfTime, TimeBound } from './time-bound.js';
import { databaseSystem } from '../watching/traced-statement.js';
import type { Commit, Transaction } from './transaction.js';
import type { WriteConnection, WriteTransaction } from './write-connection.js';
import { WriteHealth } from './write-health.js';

export interface UnitOfWorkOptions {
  readonly dialect: Dialect;
  /** Names this replica in the invalidation log. */
  readonly origin: string;
  readonly clock: Clock;
  /**
   * Longest time a transaction may take, and longest wait for one to begin, in milliseconds;
   * followers give up log holes after it.
   */
  readonly maxTransactionMs: number;
  /**
   * Longest wait for a connection of SQL Server, in milliseconds; default `maxTransactionMs`, which is what
   * the one writer of SQLite is waited for.
   */
  readonly waitMs?: number;
  /** Runs in total when the database reports transient errors. */
  readonly maxAttempts: number;
  /** Told when a commit listener throws; the commit stands and the guaranteed paths repair. */
  readonly onListenerFailure: (error: unknown) => void;
  readonly onStatement?: OnStatement;
}

export interface RunOptions {
  /** Which connections of SQL Server it may take; `work` unless it says otherwise. */
  readonly part?: ConnectionPart;
}

type Work<T> = (transaction: Transaction) => Promise<T>;

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
 * - SQL Server: each takes a connection of its part, waited for at most `waitMs`: `database.busy`.
 * - It resolves only when the database has said that it committed. After any failure its connection is
 *   proven clean or thrown away, and statements that it still sends are refused.
 * - Everything in it waits within its bound. Past that it is rolled back, even while its work hangs:
 *   `database.too-slow` when the database took the time, else `database.unit-of-work-too-long`.
 * - A COMMIT whose outcome is unknown is not run again: `database.commit-unknown`.
 * - After the commit the listeners are called, once, synchronously, before `run` resolves. Their
 *   failures never reach the caller.
 */
@Injectable()
export class UnitOfWork {
  private readonly connection: WriteConnection;
  private readonly turns: WriteTurns;
  private readonly underWay = new AsyncLocalStorage<PendingTransaction>();
  /** What units of work have shown about the database so far. */
  readonly health = new WriteHealth();
  private readonly listeners = new Set<CommitListener>();
  /**
   * Transactions that have not ended. Without any, nobody is inside one: every read through the cache asks
   * that, and a look at the context is a tenth of a hit.
   */
  private open = 0;

  constructor(
    dataSource: DataSource,
    private readonly options: UnitOfWorkOptions,
  ) {
    this.connection = openWriteConnection(dataSource, options.onStatement);
    this.turns = writeTurns(dataSource.options);
  }

  get dialect(): Dialect {
    return this.options.dialect;
  }

  /** Calls `listener` after every commit of this process. Returns the function that ends it. */
  onCommit(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** True for code that was called, however deep and however late, by a unit of work under way. */
  get isUnderWay(): boolean {
    return this.open > 0 && this.current !== undefined;
  }

  async run<T>(work: Work<T>, { part = 'work' }: RunOptions = {}): Promise<T> {
    const outer = this.current;
    if (outer !== undefined) return work(outer);
    return traced(
      () => ({
        name: 'unit of work',
        facts: { ...databaseSystem(this.dialect), 'lockstep.part': part },
      }),
      () => this.runOutermost(work, part),
    );
  }

  private async runOutermost<T>(work: Work<T>, part: ConnectionPart): Promise<T> {
    const bound = this.newBound();
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work, bound, part);
      } catch (error) {
        this.health.noteFailure(error);
        if (error instanceof LockstepError) throw error;
        if (!isTransient(this.dialect, error)) throw translated(error);
        const overloadMs = recommendedDelayMs(error, attempt);
        if (overloadMs !== undefined && overloadMs >= bound.leftMs) {
          throw databaseErrors.unavailable({ cause: error, retryAfterSeconds: overloadMs / 1_000 });
        }
        if (attempt >= this.options.maxAttempts || bound.isOver) {
          throw databaseErrors.contention({ cause: error, retryAfterSeconds: 1 });
        }
        await delay(overloadMs ?? exponentialBackoffMs(RETRY, attempt));
      }
    }
  }

  /** What a unit of work leaves behind is in none once that has ended. */
  private get current(): PendingTransaction | undefined {
    const transaction = this.underWay.getStore();
    return transaction?.hasEnded === true ? undefined : transaction;
  }

  private newBound(): TimeBound {
    return new TimeBound(this.options.clock, this.options.maxTransactionMs);
  }

  private async attempt<T>(work: Work<T>, all: TimeBound, part: ConnectionPart): Promise<T> {
    const { clock, waitMs = all.ms } = this.options;
    const waiting =
      this.dialect === 'sqlite' ? all : new TimeBound(clock, Math.min(waitMs, all.leftMs));
    const endTurn = await this.turns[part].take({ waitMs: waiting.leftMs });
    try {
      const opened = await this.begin(waiting);
      const { result, commit } = await this.perform(opened, work);
      this.health.noteCommit();
      this.announce(commit);
      return result;
    } finally {
      endTurn();
    }
  }

  private async perform<T>(
    opened: WriteTransaction,
    work: Work<T>,
  ): Promise<{ result: T; commit: Commit }> {
    const bound = this.newBound();
    const { clock, origin } = this.options;
    const transaction = new PendingTransaction(opened.runner, this.dialect, clock, origin, bound);
    let isCommitting = false;
    this.open += 1;
    try {
      const worked = this.underWay.run(transaction, async () => {
        const result = await work(transaction);
        return { result, commit: await transaction.writeEffects() };
      });
      const done = await bound.limit(worked);
      // Followers may have given up the position of its log row.
      bound.assertNotOver();
      isCommitting = true;
      await bound.limit(opened.commit());
      return done;
    } catch (error) {
      transaction.finish();
      const late = tooLong(bound, opened);
      await opened.abandon(error);
      if (isCommitting) throw this.commitFailure(error);
      throw error instanceof OutOfTime ? late : error;
    } finally {
      transaction.finish();
      this.open -= 1;
    }
  }

  /** Opens a transaction that holds the write lock already (SQLite), retrying without blocking. */
  private async begin(waiting: TimeBound): Promise<WriteTransaction> {
    for (;;) {
      try {
        return await this.connection.begin(waiting.leftMs);
      } catch (error) {
        if (this.dialect !== 'sqlite' || !isTransient('sqlite', error)) throw error;
        if (waiting.isOver) {
          throw databaseErrors.contention({ cause: error, retryAfterSeconds: 1 });
        }
        await delay(Math.random() * BUSY_RETRY_MS);
      }
    }
  }

  private commitFailure(error: unknown): unknown {
    if (error instanceof LockstepError) return error;
    const isUnknown = error instanceof OutOfTime || isCommitUnknown(this.dialect, error);
    return isUnknown ? databaseErrors.commitUnknown({ cause: error }) : error;
  }

  private announce(commit: Commit): void {
    const context = currentContext();
    currentTrace()?.note({
      'lockstep.position': commit.position,
      'lockstep.jobs': commit.jobs.length,
    });
    if (context !== undefined && commit.position !== undefined) context.position = commit.position;
    for (const listener of this.listeners) {
      try {
        listener(commit);
      } catch (error) {
        this.options.onListenerFailure(error);
      }
    }
  }
}

/** Which of the two it was that took so long decides whether somebody has to mend the work. */
function tooLong(bound: TimeBound, { statementMs }: WriteTransaction): Error {
  const message = `a unit of work took ${Math.round(bound.elapsedMs)} ms, ${Math.round(statementMs)} ms of it in the database`;
  return statementMs > bound.ms / 2
    ? databaseErrors.tooSlow({ message, retryAfterSeconds: 2 })
    : databaseErrors.tooLong({ message });
}

function translated(error: unknown): unknown {
  if (isUnwritable(error)) {
    return databaseErrors.notWritable({ cause: error, retryAfterSeconds: 10 });
  }
  return isUnreachable(error)
    ? databaseErrors.unavailable({ cause: error, retryAfterSeconds: 2 })
    : error;
}
