import { Worker } from 'node:worker_threads';
import { deferred, type Deferred } from '#libs/kernel';
import { packSegment, type PackedSegment } from '../../model/file/packed-segment.js';
import { putTogether } from '../../model/file/segment-parts.js';
import type { PendingMerge } from '../../model/index/pending-merge.js';
import type { Segment } from '../../model/index/segment.js';
import { systemTiming, type IndexTiming } from '../following/index-timing.js';
import { runStepwise } from '../following/run-stepwise.js';
import type { MergeReply, MergeRequest } from './merge-protocol.js';
import type { SegmentMerger } from './segment-merger.js';

export interface MergeThreadLimits {
  /** What runs in the thread. */
  readonly entry: URL;
  /** For one merge, with those that are before it. */
  readonly timeoutMs: number;
  /** A thread that has nothing to do gives its memory back after this time. */
  readonly idleMs: number;
  /** Of its heap; the arrays of segments lie beside that. */
  readonly heapMiB: number;
}

export const mergeThreadLimits: MergeThreadLimits = {
  entry: new URL('./merge-thread.js', import.meta.url),
  timeoutMs: 120_000,
  idleMs: 10_000,
  heapMiB: 2_048,
};

/** The thread has ended, could not be begun, or was given up. */
export class MergeThreadLost extends Error {}

interface Job {
  readonly reply: Deferred<PackedSegment>;
  readonly timer: NodeJS.Timeout;
}

/**
 * Merges in a thread of its own, which is begun when there is something to merge. All that this thread does is to copy arrays
 * for it, a millisecond at a time; what comes back is handed over. Throws {@link MergeThreadLost}, also for every merge that
 * the thread was given before, and what merging throws.
 */
export class ThreadMerger implements SegmentMerger {
  private worker: Worker | undefined;
  private readonly jobs = new Map<number, Job>();
  private idle: NodeJS.Timeout | undefined;
  private lastId = 0;

  constructor(
    private readonly limits: MergeThreadLimits = mergeThreadLimits,
    private readonly timing: IndexTiming = systemTiming,
  ) {}

  /** Whether there is a thread. */
  get isRunning(): boolean {
    return this.worker !== undefined;
  }

  async merged({ sources, languages }: PendingMerge, signal: AbortSignal): Promise<Segment> {
    const packed: PackedSegment[] = [];
    for (const source of sources) {
      packed.push(await runStepwise(packSegment(source), this.timing, signal));
    }
    const codes = languages.map(({ code }) => code);
    const giveUp = (): void => this.lose(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      const { head, buffer } = await this.replyOf(packed, codes);
      const { segment } = await runStepwise(putTogether(head, buffer), this.timing, signal);
      return segment;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  /** Ends the thread, and what it is at. */
  async stop(): Promise<void> {
    const { worker } = this;
    this.lose(new MergeThreadLost('the replica stops'));
    await worker?.terminate();
  }

  private replyOf(
    sources: readonly PackedSegment[],
    languages: readonly string[],
  ): Promise<PackedSegment> {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    this.lastId += 1;
    const id = this.lastId;
    const { timeoutMs } = this.limits;
    const job: Job = {
      reply: deferred(),
      timer: setTimeout(() => {
        this.lose(new MergeThreadLost(`a merge took longer than ${timeoutMs} ms`));
      }, timeoutMs),
    };
    this.jobs.set(id, job);
    const request: MergeRequest = { id, sources, languages };
    this.worker.postMessage(
      request,
      sources.map(({ buffer }) => buffer),
    );
    return job.reply.promise;
  }

  private start(): Worker {
    const worker = new Worker(this.limits.entry, {
      // It reads no configuration, and takes none of the flags of the process.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMiB },
    });
    // What keeps the process alive is a merge under way, by its timer.
    worker.unref();
    const lose = (message: string, cause?: unknown): void => {
      if (this.worker === worker) this.lose(new MergeThreadLost(message, { cause }));
    };
    worker.on('message', (reply: MergeReply) => {
      // A thread that was given up may still answer.
      if (this.worker === worker) this.answered(reply);
    });
    worker.on('error', (error) => lose('the thread that merges has failed', error));
    worker.on('exit', (code) => lose(`the thread that merges has ended with code ${code}`));
    return worker;
  }

  private answered(reply: MergeReply): void {
    const job = this.jobs.get(reply.id);
    if (job === undefined) return;
    this.jobs.delete(reply.id);
    clearTimeout(job.timer);
    if ('merged' in reply) job.reply.resolve(reply.merged);
    else job.reply.reject(new Error(reply.message));
    if (this.jobs.size > 0) return;
    this.idle = setTimeout(() => void this.stop(), this.limits.idleMs);
    this.idle.unref();
  }

  /** Gives up the thread, and all that it was given. */
  private lose(error: unknown): void {
    const { worker, jobs } = this;
    clearTimeout(this.idle);
    this.worker = undefined;
    void worker?.terminate();
    for (const { reply, timer } of jobs.values()) {
      clearTimeout(timer);
      reply.reject(error);
    }
    jobs.clear();
  }
}
