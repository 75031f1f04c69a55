import { Worker } from 'node:worker_threads';
import { deferred } from '#libs/kernel';
import type { PendingRead } from './pending-read.js';
import { LOADED, type ReadBatch, type ReadOutcome, type ReadThreadData } from './read-protocol.js';

const READ_THREAD_ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? './read-thread.ts' : './read-thread.js',
  import.meta.url,
);

const DEFAULT_MAX_ANSWER_BYTES = 64 * 1024 ** 2;

/** What a thread fails with that is neither an answer nor an error of the database. */
export class ThreadLost extends Error {}

interface Assignment {
  readonly reads: readonly PendingRead[];
  readonly isQuick: boolean;
  readonly timer: NodeJS.Timeout;
}

export interface ReadThreadLimits {
  /** Longest time a thread may take over what it was given; it is replaced then. */
  readonly limitMs: number;
  /** A larger answer fails with `database.answer-too-large`; default 64 MiB. */
  readonly maxAnswerBytes?: number | undefined;
  /** What runs in the thread, when a test says so. */
  readonly entry?: URL | undefined;
}

interface ReadThreadEvents {
  /** A batch no longer waits for it. */
  readonly onLoaded: () => void;
  /** It has answered a batch and is idle. */
  readonly onIdle: (reads: readonly PendingRead[], outcomes: readonly ReadOutcome[]) => void;
  /** It takes no more batches; these were not answered. */
  readonly onLost: (reads: readonly PendingRead[], error: ThreadLost) => void;
  /** The system has taken it back. */
  readonly onEnd: () => void;
}

/** One worker thread with a read-only connection of its own. */
export class ReadThreadHandle {
  private readonly worker: Worker;
  /** Until then the thread must not be ended: in the middle of loading the driver that would end the process. */
  private readonly loaded = deferred<void>();
  private readonly loading: NodeJS.Timeout;
  private isLoaded = false;
  private assignment: Assignment | undefined;
  private isLost = false;

  constructor(
    file: string,
    private readonly limits: ReadThreadLimits,
    private readonly events: ReadThreadEvents,
  ) {
    const { entry = READ_THREAD_ENTRY, maxAnswerBytes = DEFAULT_MAX_ANSWER_BYTES } = limits;
    this.worker = new Worker(entry, {
      workerData: { file, maxAnswerBytes } satisfies ReadThreadData,
      // It reads no configuration, and takes none of the flags of the process.
      env: {},
      execArgv: [],
    });
    // What keeps the process alive is a read, by its timer.
    this.worker.unref();
    this.loading = setTimeout(() => {
      this.lose(new ThreadLost(`a read thread took longer than ${limits.limitMs} ms to load`));
    }, limits.limitMs).unref();
    this.worker.on('message', (message: typeof LOADED | ReadOutcome[]) => {
      if (message === LOADED) this.hasNowLoaded();
      else this.answered(message);
    });
    this.worker.on('error', (error) =>
      this.lose(new ThreadLost('a read thread failed', { cause: error })),
    );
    this.worker.on('exit', (code) => {
      this.loaded.resolve();
      this.lose(new ThreadLost(`a read thread ended with code ${code}`));
      events.onEnd();
    });
  }

  /** What it is given now waits until it has loaded. */
  get isLoading(): boolean {
    return !this.isLoaded;
  }

  get isIdle(): boolean {
    return this.assignment === undefined;
  }

  /** Has a statement that may take long. */
  get mayBeSlow(): boolean {
    return this.assignment?.isQuick === false;
  }

  run(reads: readonly PendingRead[], isQuick: boolean): void {
    const batch: ReadBatch = reads.map(({ statement }) => [statement.text, statement.parameters]);
    const { limitMs } = this.limits;
    const timer = setTimeout(() => {
      this.lose(new ThreadLost(`a read took longer than ${limitMs} ms`));
    }, limitMs);
    this.assignment = { reads, isQuick, timer };
    this.worker.postMessage(batch);
  }

  /** Ends it once it has loaded; resolves when it has ended, which a statement under way does first. */
  async terminate(): Promise<void> {
    this.lose(new ThreadLost('the replica stops'));
    await this.end();
  }

  private async end(): Promise<void> {
    await this.loaded.promise;
    await this.worker.terminate();
  }

  private hasNowLoaded(): void {
    clearTimeout(this.loading);
    this.isLoaded = true;
    this.loaded.resolve();
    if (!this.isLost) this.events.onLoaded();
  }

  private answered(outcomes: readonly ReadOutcome[]): void {
    const { assignment } = this;
    // A thread that was given up may still answer.
    if (assignment === undefined || this.isLost) return;
    clearTimeout(assignment.timer);
    this.assignment = undefined;
    this.events.onIdle(assignment.reads, outcomes);
  }

  private lose(error: ThreadLost): void {
    if (this.isLost) return;
    this.isLost = true;
    clearTimeout(this.loading);
    clearTimeout(this.assignment?.timer);
    void this.end();
    this.events.onLost(this.assignment?.reads ?? [], error);
  }
}
