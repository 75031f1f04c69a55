import { Worker, type Transferable } from 'node:worker_threads';
import { afterAwake } from '#libs/cache';
import { deferred, type Deferred } from '#libs/kernel';
import { searchErrors } from '../../model/search.errors.js';
import type { IndexTiming } from '../following/index-timing.js';
import { WORKING, type Working } from './working.js';

export interface WatchedThreadOptions {
  readonly timing: IndexTiming;
  /** Ends it; what is under way rejects with its reason. */
  readonly signal: AbortSignal;
  /** A thread that says nothing for so long is given up. */
  readonly silenceMs: number;
  /** It has failed, or was given up. */
  readonly onLost: () => void;
}

/**
 * A worker thread that answers one request after the other, or is known to be at work: a step takes it a fraction of a second.
 * Requests reject with `search.index-not-ready` when it fails, ends, or says nothing for too long; it has to be ended in any case.
 */
export class WatchedThread<Request, Reply> {
  private readonly worker: Worker;
  /** Until then it must not be ended: in the middle of loading native code that would end the process. */
  private readonly begun = deferred<void>();
  private waiting: Deferred<Reply> | undefined;
  private cancelSilence = (): void => undefined;
  private failure: Error | undefined;

  constructor(
    entry: URL,
    workerData: unknown,
    private readonly options: WatchedThreadOptions,
  ) {
    this.worker = new Worker(entry, {
      workerData,
      // It reads no configuration, and takes none of the flags of the process.
      env: {},
      execArgv: [],
    });
    this.worker.unref();
    this.worker.on('message', (reply: Reply | Working) => this.heard(reply));
    this.worker.on('error', (cause) => this.lose('it failed', cause));
    this.worker.on('exit', () => {
      this.begun.resolve();
      this.lose('it ended');
    });
    options.signal.addEventListener('abort', this.abort, { once: true });
    if (options.signal.aborted) this.abort();
  }

  ask(request: Request, transferred: readonly Transferable[] = []): Promise<Reply> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.waiting = deferred();
    this.watch();
    this.worker.postMessage(request, transferred);
    return this.waiting.promise;
  }

  /** Whatever it is at; resolves when the system has taken it back. */
  async end(): Promise<void> {
    this.options.signal.removeEventListener('abort', this.abort);
    this.fail(lost('it was given up'));
    await this.begun.promise;
    await this.worker.terminate();
  }

  private readonly abort = (): void => this.fail(this.options.signal.reason as Error);

  private heard(reply: Reply | Working): void {
    this.begun.resolve();
    if (this.waiting === undefined) return;
    if (reply === WORKING) return this.watch();
    this.cancelSilence();
    const { waiting } = this;
    this.waiting = undefined;
    waiting.resolve(reply);
  }

  private watch(): void {
    const { timing, silenceMs } = this.options;
    this.cancelSilence();
    this.cancelSilence = afterAwake(silenceMs, () => this.lose('it says nothing'), {
      clock: { exactMs: () => timing.nowMs() },
      scheduler: timing,
    });
  }

  private lose(how: string, cause?: unknown): void {
    // Whatever becomes of one that is not wanted any more.
    if (this.failure !== undefined) return;
    this.options.onLost();
    this.fail(lost(how, cause));
  }

  private fail(reason: Error): void {
    this.cancelSilence();
    this.failure ??= reason;
    this.waiting?.reject(this.failure);
    this.waiting = undefined;
  }
}

function lost(how: string, cause?: unknown): Error {
  return searchErrors.indexNotReady({ message: `the thread that makes an index: ${how}`, cause });
}
