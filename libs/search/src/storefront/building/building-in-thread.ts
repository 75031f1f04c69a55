import { Worker } from 'node:worker_threads';
import { afterAwake } from '#libs/cache';
import { deferred, type Deferred } from '#libs/kernel';
import { putTogether } from '../../model/file/segment-parts.js';
import { flattened } from '../../model/index/flat-products.js';
import type { IndexedProduct } from '../../model/index/indexed-product.js';
import type { FrozenSegment } from '../../model/index/live-segment.js';
import { searchErrors } from '../../model/search.errors.js';
import type { Language } from '../../model/text/language.js';
import type { IndexTiming } from '../following/index-timing.js';
import { runStepwise } from '../following/run-stepwise.js';
import type { BuildReply, BuildRequest, BuildThreadData } from './build-protocol.js';
import type { IndexBuilding } from './index-building.js';

export interface BuildThreadOptions {
  /** What runs in the thread. */
  readonly entry: URL;
  readonly timing: IndexTiming;
  /** Ends it; what is under way rejects with its reason. */
  readonly signal: AbortSignal;
  /** A thread that says nothing for so long is given up. */
  readonly silenceMs: number;
  /** It has failed, or was given up. */
  readonly onLost: () => void;
}

/**
 * Makes an index on a thread of its own, while this one reads the products: what that costs is not the event loop's.
 * At most two pages are there at a time. Calls reject with `search.index-not-ready` when the thread fails, or says
 * nothing for too long; it has to be ended in any case.
 */
export class BuildingInThread implements IndexBuilding {
  bytes = 0;
  private readonly worker: Worker;
  /** What the thread is at; what comes next waits for it. */
  private waiting: Deferred<BuildReply> | undefined;
  private taken: Promise<unknown> = Promise.resolve();
  private cancelSilence = (): void => undefined;
  private failure: Error | undefined;

  constructor(
    languages: readonly Language[],
    private readonly options: BuildThreadOptions,
  ) {
    const { entry, signal } = options;
    this.worker = new Worker(entry, {
      workerData: { languages: languages.map(({ code }) => code) } satisfies BuildThreadData,
      // It reads no configuration, and takes none of the flags of the process.
      env: {},
      execArgv: [],
    });
    this.worker.unref();
    this.worker.on('message', (reply: BuildReply) => this.heard(reply));
    this.worker.on('error', (cause) => this.lose('it failed', cause));
    this.worker.on('exit', () => this.lose('it ended'));
    signal.addEventListener('abort', this.abort, { once: true });
  }

  async add(products: readonly IndexedProduct[]): Promise<void> {
    const values = flattened(products);
    await this.taken;
    this.taken = this.ask(values);
    this.taken.catch(() => undefined); // Heard of when it is awaited.
  }

  async finish(): Promise<readonly FrozenSegment[]> {
    await this.taken;
    const packed = await this.ask('finish');
    if (typeof packed !== 'object') throw lost('it made nothing');
    const segments: FrozenSegment[] = [];
    for (const { head, buffer } of packed) {
      segments.push(await runStepwise(putTogether(head, buffer), this.options.timing));
    }
    return segments;
  }

  end(): void {
    this.options.signal.removeEventListener('abort', this.abort);
    this.fail(lost('it was given up'));
    void this.worker.terminate();
  }

  private readonly abort = (): void => this.fail(this.options.signal.reason as Error);

  private ask(request: BuildRequest): Promise<BuildReply> {
    if (this.failure !== undefined) return Promise.reject(this.failure);
    this.waiting = deferred();
    this.watch();
    this.worker.postMessage(request, request === 'finish' ? [] : [request.numbers.buffer]);
    return this.waiting.promise;
  }

  private heard(reply: BuildReply): void {
    if (this.waiting === undefined) return;
    if (reply === 'working') return this.watch();
    if (typeof reply === 'number') this.bytes = reply;
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
