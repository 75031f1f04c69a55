import { createHash } from 'node:crypto';
import type { CdnPurging } from '#libs/config';
import type { LogSource } from '#libs/cache';
import type { Installation } from '#libs/database';
import { exponentialBackoffMs, LockstepError, type Clock } from '#libs/kernel';
import type { Logger, RegisteredMetrics } from '#libs/observability';
import type { cdnMetrics } from '../cdn.metrics.js';
import type { DerivedTags } from './derived-tags.js';
import type { PurgeClient } from './purge-client.js';
import type { HeldPurge, PurgePositionRepository } from './purge-position.repository.js';
import { PurgeQueue, UNKNOWN_POSITION, type PurgeBatch } from './purge-queue.js';

/** What the purgers of one replica share. */
export interface PurgeEnvironment {
  /** Of this process. */
  readonly holder: string;
  readonly purging: CdnPurging;
  readonly holeGiveUpMs: number;
  readonly installation: () => Promise<Installation>;
  readonly log: LogSource;
  readonly positions: PurgePositionRepository;
  readonly derived: Pick<DerivedTags, 'with'>;
  /** Time of the fleet. */
  readonly clock: Clock;
  readonly metrics: RegisteredMetrics<typeof cdnMetrics>;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** What came of one tick. */
export type PurgeOutcome = 'not-holder' | 'waiting' | 'nothing' | 'purged' | 'failed';

/** A holder that dies is replaced within this and one look of another. */
const LEASE_MS = 6_000;
const KEEP_EVERY_MS = 2_000;
const PAGE_SIZE = 1_000;
/** A tick reads no more pages; the next one goes on. */
const MAX_PAGES = 10;
const RETRY = { baseMs: 500, factor: 2, maxMs: 30_000 };

interface Duty {
  readonly id: string;
  readonly fence: number;
  readonly queue: PurgeQueue;
  keptAtMs: number;
  caughtUpAtMs: number;
}

/**
 * Purges one shared cache of what the invalidation log voids, while this replica holds the lease for it.
 *
 * - The log decides: nothing is lost when Redis, the cache or the holder is away; the next purge begins
 *   where the last one was confirmed.
 * - What committed since the last tick is purged together. What cannot be told any more, because the log was
 *   pruned or replaced, is a purge of everything; so is the first one of a cache.
 * - What fails is sent again, at growing intervals.
 */
export class TargetPurger {
  private duty: Duty | undefined;
  private lookAgainAtMs = -Infinity;
  private retryAtMs = -Infinity;
  private failures = 0;

  constructor(
    private readonly client: PurgeClient,
    private readonly environment: PurgeEnvironment,
  ) {}

  get target(): string {
    return this.client.target;
  }

  /** How long ago the last moment was of which all is purged; undefined while another replica purges. */
  get behindMs(): number | undefined {
    if (this.duty === undefined) return undefined;
    return this.environment.clock.monotonicMs() - this.duty.caughtUpAtMs;
  }

  /** Never rejects: the next tick repeats what failed. */
  async tick(): Promise<PurgeOutcome> {
    const { clock, logger, metrics } = this.environment;
    try {
      const outcome = await this.work();
      if (this.failures > 0 && (outcome === 'purged' || outcome === 'nothing')) {
        logger.info({ target: this.target }, 'the shared cache is purged again');
        this.failures = 0;
      }
      return outcome;
    } catch (err) {
      this.failures += 1;
      const askedMs = err instanceof LockstepError ? (err.retryAfterSeconds ?? 0) * 1_000 : 0;
      const waitMs = Math.max(askedMs, exponentialBackoffMs(RETRY, this.failures));
      this.retryAtMs = clock.monotonicMs() + waitMs;
      metrics.purges.inc({ target: this.target, scope: 'any', outcome: 'failed' });
      if (this.failures === 1) {
        logger.warn(
          { err, target: this.target },
          'a shared cache could not be purged; tried again',
        );
      }
      return 'failed';
    }
  }

  /** Notes how far it is and lets another replica go on. */
  async stop(): Promise<void> {
    const { duty } = this;
    if (duty === undefined) return;
    this.duty = undefined;
    const { positions, holder } = this.environment;
    const { id, fence, queue } = duty;
    await positions.tryKeep(id, holder, { fence, position: queue.position }, 0);
  }

  private async work(): Promise<PurgeOutcome> {
    const { clock } = this.environment;
    const duty = await this.held(clock.monotonicMs());
    if (duty === undefined) return 'not-holder';
    if (clock.monotonicMs() < this.retryAtMs) return 'waiting';
    const readToMs = await this.read(duty);
    const batch = duty.queue.next(clock.monotonicMs());
    if (batch !== undefined) await this.purge(duty, batch);
    if (duty.queue.isCaughtUp && readToMs !== undefined) duty.caughtUpAtMs = readToMs;
    return batch === undefined ? 'nothing' : 'purged';
  }

  /** The lease, taken or kept; undefined while another replica has it. */
  private async held(nowMs: number): Promise<Duty | undefined> {
    const { duty } = this;
    if (duty === undefined) return this.take(nowMs);
    if (nowMs - duty.keptAtMs < KEEP_EVERY_MS) return duty;
    const { positions, holder } = this.environment;
    const { id, fence, queue } = duty;
    if (await positions.tryKeep(id, holder, { fence, position: queue.position }, LEASE_MS)) {
      duty.keptAtMs = nowMs;
      return duty;
    }
    this.duty = undefined;
    return undefined;
  }

  private async take(nowMs: number): Promise<Duty | undefined> {
    if (nowMs < this.lookAgainAtMs) return undefined;
    this.lookAgainAtMs = nowMs + KEEP_EVERY_MS;
    const { installation, positions, holder } = this.environment;
    const id = this.idFor((await installation()).id);
    const lease = await positions.tryTake(id, holder, LEASE_MS);
    if (lease === undefined) return undefined;
    const queue = await this.queueFrom(lease, nowMs);
    this.duty = { id, fence: lease.fence, queue, keptAtMs: nowMs, caughtUpAtMs: nowMs };
    return this.duty;
  }

  private async queueFrom({ position }: HeldPurge, nowMs: number): Promise<PurgeQueue> {
    const { purging, holeGiveUpMs, log } = this.environment;
    const queue = new PurgeQueue(position, { ...purging, holeGiveUpMs });
    if (position === UNKNOWN_POSITION) {
      queue.everything(await log.settledPosition(), nowMs);
    }
    return queue;
  }

  /** Answers the time up to which all that committed has been read; undefined when there is more. */
  private async read({ queue }: Duty): Promise<number | undefined> {
    const { log, clock } = this.environment;
    let from = queue.readFrom;
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const sentAtMs = clock.monotonicMs();
      const excerpt = await log.readAfter(from, PAGE_SIZE);
      if (excerpt.prunedTo > from || excerpt.last < from) {
        queue.everything(await log.settledPosition(), clock.monotonicMs());
        from = queue.readFrom;
        continue;
      }
      queue.read(excerpt, sentAtMs, clock.monotonicMs());
      if (excerpt.records.length < PAGE_SIZE) return sentAtMs;
      from = excerpt.records.at(-1)?.position ?? from;
    }
    return undefined;
  }

  private async purge({ queue }: Duty, batch: PurgeBatch): Promise<void> {
    const { derived, purging, clock, metrics, signal } = this.environment;
    let tags = batch.tags === undefined ? undefined : await derived.with(batch.tags);
    if (tags !== undefined && tags.length > purging.maxTags) tags = undefined;
    await this.client.purge(tags, signal);
    const { target } = this;
    const scope = tags === undefined ? 'everything' : 'tags';
    metrics.purges.inc({ target, scope, outcome: 'done' });
    for (const committedAt of queue.done({ ...batch, tags })) {
      metrics.purgeSeconds.observe({ target }, Math.max(0, clock.wallMs() - committedAt) / 1_000);
    }
  }

  /** A restored database, and another address or provider, is purged from the beginning. */
  private idFor(installationId: string): string {
    const { provider } = this.environment.purging;
    return createHash('sha256')
      .update([installationId, provider, this.client.url].join(' '))
      .digest('hex');
  }
}
