import { withDeadline } from '#libs/kernel';
import { databaseErrors } from '../database.errors.js';
import type { OnStatement } from '../watching/slow-statements.js';
import type { RenderedSql } from '../sql/sql.js';
import { PendingRead } from './pending-read.js';
import { QuickStatements } from './quick-statements.js';
import type { FailedOutcome, ReadOutcome, RowsOutcome } from './read-protocol.js';
import { ReadQueue } from './read-queue.js';
import type { OpenReadSource, ReadOptions } from './read-source.js';
import { ReadThreadHandle, type ReadThreadLimits, type ThreadLost } from './read-thread-handle.js';

export interface ReadThreadsOptions extends ReadThreadLimits {
  /** Threads that read at once; with two or more, one of them is left to quick statements. */
  readonly threads: number;
  /** Longest time a read waits for a thread. */
  readonly waitMs: number;
  /** Told of a thread that failed or was given up; another one takes its place. */
  readonly onThreadLost: (error: Error) => void;
  readonly onStatement?: OnStatement;
}

/** Beyond this no read waits: the queue could not be served in time anyway. */
const MAX_WAITING = 2_000;
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * Reads of a SQLite file on worker threads, so that no query holds the event loop.
 *
 * Guarantees: a read is answered, or fails within the wait plus the time limit. Full queue, no turn in
 * time, a thread that fails or exceeds its limit: `database.busy`. SQLite cannot be interrupted from
 * here, so a thread that is given up ends after its statement; as many as `threads` may be ending
 * beside the others, then reads wait.
 *
 * Threads start when reads wait, one after the other, and never keep the process alive by themselves. With one that has loaded, no
 * read waits for another one to load.
 */
export class ReadThreads implements OpenReadSource {
  private readonly threads = new Set<ReadThreadHandle>();
  private readonly quick = new QuickStatements();
  private readonly queue = new ReadQueue(this.quick);
  private ending = 0;
  private isAssigning = false;
  private isClosed = false;

  constructor(
    readonly file: string,
    private readonly options: ReadThreadsOptions,
  ) {}

  /** Reads that wait for a thread. */
  get waiting(): number {
    return this.queue.size;
  }

  async read(statement: RenderedSql, { signal }: ReadOptions = {}): Promise<object[]> {
    signal?.throwIfAborted();
    if (this.isClosed) throw databaseErrors.unavailable({ retryAfterSeconds: 1 });
    if (this.queue.size >= MAX_WAITING) throw busy('too many reads wait');
    const read = new PendingRead(statement, {
      signal,
      waitMs: this.options.waitMs,
      refusal: () => busy(`no thread was free within ${this.options.waitMs} ms`),
      onLeave: (left) => this.queue.delete(left),
      onStatement: this.options.onStatement,
    });
    this.queue.add(read);
    this.assignSoon();
    return read.rows;
  }

  /** What waits fails at once; what a thread is at is not waited for. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const read of this.queue.takeAll()) read.fail(busy('the replica stops'));
    const ends = [...this.threads].map((thread) => thread.terminate());
    // A thread that is still in a statement ends with the process.
    await withDeadline(Promise.all(ends), CLOSE_TIMEOUT_MS, 'ending the read threads').catch(
      () => undefined,
    );
  }

  /** After this turn, so that reads asked for together are sent together. */
  private assignSoon(): void {
    if (this.isAssigning) return;
    this.isAssigning = true;
    queueMicrotask(() => {
      this.isAssigning = false;
      this.assign();
    });
  }

  private assign(): void {
    while (this.queue.size > 0) {
      const thread = this.idleThread();
      if (thread === undefined) return;
      const next = this.queue.take(this.hasRoomForSlow());
      if (next === undefined) return;
      for (const read of next.reads) read.begin();
      thread.run(next.reads, next.isQuick);
    }
  }

  private hasRoomForSlow(): boolean {
    const slow = [...this.threads].filter(({ mayBeSlow }) => mayBeSlow).length;
    return slow < Math.max(1, this.options.threads - 1);
  }

  private idleThread(): ReadThreadHandle | undefined {
    const idle = [...this.threads].filter(({ isIdle }) => isIdle);
    const loaded = idle.find(({ isLoading }) => !isLoading);
    if (loaded !== undefined) return loaded;
    if (this.canStart()) idle.push(this.start());
    // The first of all has to wait for one that loads.
    const isFirst = [...this.threads].every(({ isLoading }) => isLoading);
    return isFirst ? idle[0] : undefined;
  }

  private canStart(): boolean {
    const { threads: max } = this.options;
    if (this.isClosed || this.threads.size >= max || this.ending >= max) return false;
    return ![...this.threads].some(({ isLoading }) => isLoading);
  }

  private start(): ReadThreadHandle {
    const thread = new ReadThreadHandle(this.file, this.options, {
      onLoaded: () => this.assign(),
      onIdle: (reads, outcomes) => {
        reads.forEach((read, index) => this.settle(read, outcomes[index]));
        this.assign();
      },
      onLost: (reads, error) => this.lost(thread, reads, error),
      onEnd: () => {
        this.ending -= 1;
        this.assign();
      },
    });
    this.threads.add(thread);
    return thread;
  }

  private settle(read: PendingRead, outcome: ReadOutcome | undefined): void {
    if (outcome === undefined) read.fail(busy('a read thread answered too little'));
    else if ('values' in outcome) {
      this.quick.note(read.statement.text, outcome.cpuMs);
      read.succeed(rowsOf(outcome));
    } else read.fail(failureOf(outcome));
  }

  private lost(thread: ReadThreadHandle, reads: readonly PendingRead[], error: ThreadLost): void {
    this.threads.delete(thread);
    this.ending += 1;
    for (const read of reads) read.fail(busy(error.message, error));
    if (!this.isClosed) this.options.onThreadLost(error);
    this.assign();
  }
}

function busy(message: string, cause?: unknown): Error {
  return databaseErrors.busy({ message, cause, retryAfterSeconds: 1 });
}

function failureOf({ code, message }: FailedOutcome): Error {
  return code === 'TOO_LARGE'
    ? databaseErrors.answerTooLarge()
    : Object.assign(new Error(message), { code });
}

function rowsOf({ columns, values }: RowsOutcome): object[] {
  const rows: object[] = [];
  for (let start = 0; start < values.length; start += columns.length) {
    const row: Record<string, unknown> = {};
    columns.forEach((column, index) => {
      const value = values[start + index];
      row[column] = value instanceof Uint8Array ? Buffer.from(value.buffer) : value;
    });
    rows.push(row);
  }
  return rows;
}
