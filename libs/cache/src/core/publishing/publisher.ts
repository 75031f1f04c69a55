import type { AnnouncementSeal } from './announcement-seal.js';
import type { Backplane } from './backplane.js';
import { encodeMessage, type Invalidation } from './wire.js';

/** Invalidations that wait while a message is under way; above this the rest is left to the log. */
const MAX_PENDING = 20_000;
const MAX_TAGS_PER_MESSAGE = 2_000;

export interface PublisherStats {
  messages: number;
  invalidations: number;
  failures: number;
  /** Invalidations that were not announced; the others find them in the log. */
  dropped: number;
}

/**
 * Group commit: one message is under way at a time and carries all that committed meanwhile. No timer,
 * so an idle system adds no latency and a busy one batches by itself. A message that cannot be sent
 * is dropped: the log holds what it said.
 */
export class Publisher {
  readonly stats: PublisherStats = { messages: 0, invalidations: 0, failures: 0, dropped: 0 };
  private pending: Invalidation[] = [];
  private hasOverflowed = false;
  private isFlushing = false;

  constructor(
    private readonly backplane: Backplane,
    private readonly origin: string,
    private readonly seal: Pick<AnnouncementSeal, 'seal'>,
  ) {}

  publish(invalidation: Invalidation): void {
    if (this.pending.length >= MAX_PENDING) {
      this.hasOverflowed = true;
      this.stats.dropped += 1;
    } else {
      this.pending.push(invalidation);
    }
    if (!this.isFlushing) void this.flush();
  }

  private async flush(): Promise<void> {
    this.isFlushing = true;
    while (this.pending.length > 0) {
      const batch = this.takeBatch();
      const isIncomplete = this.hasOverflowed;
      this.hasOverflowed = false;
      try {
        const body = encodeMessage({ origin: this.origin, invalidations: batch, isIncomplete });
        await this.backplane.publish(this.seal.seal(body));
        this.stats.messages += 1;
        this.stats.invalidations += batch.length;
      } catch {
        // Redis is away: the log is the guarantee, and readers follow it once a second.
        this.stats.failures += 1;
        this.stats.dropped += batch.length + this.pending.length;
        this.pending = [];
      }
    }
    this.isFlushing = false;
  }

  private takeBatch(): Invalidation[] {
    let tags = 0;
    let count = 0;
    for (const invalidation of this.pending) {
      tags += invalidation.tags.length;
      if (count > 0 && tags > MAX_TAGS_PER_MESSAGE) break;
      count += 1;
    }
    return this.pending.splice(0, count);
  }
}
