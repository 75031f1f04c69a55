import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Logger, Metrics, type RegisteredMetrics } from '#libs/observability';
import type { PendingMerge } from '../../model/index/pending-merge.js';
import type { Segment } from '../../model/index/segment.js';
import { mergingMetrics } from './merging.metrics.js';
import type { SegmentMerger } from './segment-merger.js';
import { StepwiseMerger } from './stepwise-merger.js';
import { ThreadMerger } from './thread-merger.js';

/** Merging fewer takes less than beginning a thread. */
export const THREAD_FROM_PRODUCTS = 5_000;

/**
 * Merges segments in a thread beside the event loop, and few products in steps. A thread that fails costs no answer: what it was at is
 * merged in steps, which is logged when it begins and counted each time.
 */
@Injectable()
export class SegmentMerging implements SegmentMerger, OnApplicationShutdown {
  protected readonly thread: Pick<ThreadMerger, 'merged' | 'stop'> = new ThreadMerger();
  private readonly steps = new StepwiseMerger();
  private readonly counters: RegisteredMetrics<typeof mergingMetrics>;
  private isFailing = false;

  constructor(
    private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.counters = metrics.register(mergingMetrics);
  }

  async merged(merge: PendingMerge, signal: AbortSignal): Promise<Segment> {
    if (merge.size < THREAD_FROM_PRODUCTS) return this.inSteps(merge, signal, 'steps');
    try {
      const segment = await this.thread.merged(merge, signal);
      this.isFailing = false;
      this.counters.merges.inc({ place: 'thread' });
      return segment;
    } catch (err) {
      signal.throwIfAborted();
      if (!this.isFailing) this.logger.warn({ err }, 'an index is merged in steps');
      this.isFailing = true;
      return this.inSteps(merge, signal, 'fallback');
    }
  }

  /** When whoever waits for a merge has given it up. */
  async onApplicationShutdown(): Promise<void> {
    await this.thread.stop();
  }

  private async inSteps(
    merge: PendingMerge,
    signal: AbortSignal,
    place: 'steps' | 'fallback',
  ): Promise<Segment> {
    const segment = await this.steps.merged(merge, signal);
    this.counters.merges.inc({ place });
    return segment;
  }
}
