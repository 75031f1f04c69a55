import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, ManualScheduler, settled } from '#libs/testing';
import { Coherence } from './coherence.js';
import { Follower } from './follower.js';
import type { LogExcerpt, LogSource } from './log-source.js';
import { TurnClock } from '../time/turn-clock.js';
import type { Invalidation } from '../publishing/wire.js';

class MemoryLog implements LogSource {
  rows: Invalidation[] = [];
  settled = 0;
  prunedTo = 0;
  isAway = false;
  reads = 0;
  hang: Promise<void> | undefined;

  commit(position: number, ...tags: string[]): void {
    this.rows.push({ position, tags, committedAt: 0 });
    this.rows.sort((one, other) => one.position - other.position);
  }

  async readAfter(position: number, limit: number): Promise<LogExcerpt> {
    this.reads += 1;
    if (this.isAway) throw new Error('the database is away');
    const excerpt = {
      records: this.rows.filter((row) => row.position > position).slice(0, limit),
      prunedTo: this.prunedTo,
      last: this.rows.at(-1)?.position ?? this.prunedTo,
    };
    await this.hang;
    return excerpt;
  }

  settledPosition(): Promise<number> {
    return Promise.resolve(this.settled);
  }
}

describe('Follower', () => {
  let clock: ManualClock;
  let scheduler: ManualScheduler;
  let coherence: Coherence;
  let log: MemoryLog;
  let follower: Follower;
  let applied: string[];

  beforeEach(async () => {
    clock = new ManualClock();
    scheduler = new ManualScheduler(clock);
    coherence = new Coherence();
    log = new MemoryLog();
    applied = [];
    const apply = coherence.apply.bind(coherence);
    coherence.apply = (tags) => {
      applied.push(...tags);
      apply(tags);
    };
    follower = new Follower(coherence, log, new TurnClock(clock, scheduler), scheduler, {
      followIntervalMs: 1_000,
      followTimeoutMs: 1_000,
      holeGiveUpMs: 20_000,
      positionWaitMs: 2_000,
      onHealthChanged: () => undefined,
    });
    follower.start();
    await scheduler.advance(0);
  });

  it('applies what committed since the last follow, once', async () => {
    log.commit(1, 'a');
    await scheduler.advance(1_000);
    await scheduler.advance(1_000);
    expect(applied).toEqual(['a']);
    expect(follower.watermark).toBe(1);
  });

  it('renews the lease from the time the follow was sent', async () => {
    const sentAt = clock.monotonicMs();
    let release = (): void => undefined;
    log.hang = new Promise((resolve) => {
      release = resolve;
    });
    const follow = follower.followNow();
    await scheduler.advance(500);
    release();
    await follow;
    expect(coherence.followedSinceMs).toBe(sentAt);
  });

  it('does not renew the lease when a follow fails, and goes on following', async () => {
    const before = coherence.followedSinceMs;
    log.isAway = true;
    await scheduler.advance(3_000);
    expect(coherence.followedSinceMs).toBe(before);
    log.isAway = false;
    log.commit(1, 'a');
    await scheduler.advance(1_000);
    expect(applied).toEqual(['a']);
  });

  it('does not apply again what the fast path brought', async () => {
    log.commit(1, 'a');
    follower.received({
      origin: 'other',
      invalidations: [{ position: 1, tags: ['a'], committedAt: 0 }],
      isIncomplete: false,
    });
    await scheduler.advance(1_000);
    expect(applied).toEqual(['a']);
  });

  it('applies a transaction that commits late into a hole, in either path', async () => {
    log.commit(2, 'b');
    await scheduler.advance(1_000);
    expect(follower.watermark).toBe(0);
    log.commit(1, 'a');
    await scheduler.advance(1_000);
    expect(applied).toEqual(['b', 'a']);
    expect(follower.watermark).toBe(2);
  });

  it('goes over a hole that can no longer fill', async () => {
    log.commit(2, 'b');
    await scheduler.advance(10_000);
    expect(follower.watermark).toBe(0);
    await scheduler.advance(12_000);
    expect(follower.watermark).toBe(2);
  });

  it('follows at once when the fast path shows a hole', async () => {
    log.commit(1, 'a');
    log.commit(2, 'b');
    follower.received({
      origin: 'other',
      invalidations: [{ position: 2, tags: ['b'], committedAt: 0 }],
      isIncomplete: false,
    });
    await scheduler.advance(50);
    expect(applied).toEqual(['b', 'a']);
  });

  it('clears everything when the log was pruned past it', async () => {
    log.commit(1, 'a');
    await scheduler.advance(1_000);
    log.rows = [];
    log.commit(50, 'x');
    log.prunedTo = 49;
    log.settled = 49;
    await scheduler.advance(1_000);
    expect(coherence.clears).toBe(1);
    expect(follower.watermark).toBe(50);
  });

  it('clears everything when the log was replaced by an older one', async () => {
    for (let position = 1; position <= 5; position += 1) log.commit(position, 'a');
    await scheduler.advance(1_000);
    log.rows = log.rows.slice(0, 2);
    log.settled = 2;
    await scheduler.advance(1_000);
    expect(coherence.clears).toBe(1);
    expect(follower.watermark).toBe(2);
  });

  it('reads a log longer than a page to its end before it renews the lease', async () => {
    for (let position = 1; position <= 2_500; position += 1) log.commit(position, `t${position}`);
    await follower.followNow();
    expect(follower.watermark).toBe(2_500);
    expect(applied).toHaveLength(2_500);
  });

  it('reaches a position that is in the log before a request that carries it goes on', async () => {
    log.commit(1, 'a');
    await follower.ensurePosition(1);
    expect(applied).toEqual(['a']);
    const reads = log.reads;
    await follower.ensurePosition(1);
    expect(log.reads).toBe(reads);
  });

  it('refuses a position that is not applied within the bound', async () => {
    log.isAway = true;
    const refused = expect(follower.ensurePosition(99)).rejects.toMatchObject({
      code: 'cache.position-not-reached',
      status: 503,
    });
    await scheduler.advance(3_000);
    await refused;
  });

  it('refuses a position beyond the end of the log after one look', async () => {
    log.commit(1, 'a');
    const reads = log.reads;
    const refused = expect(follower.ensurePosition(99)).rejects.toMatchObject({
      code: 'cache.position-unknown',
      status: 409,
    });
    await scheduler.advance(10);
    await refused;
    expect(log.reads - reads).toBe(1);
  });

  it('looks once for all who bring a position at the same time', async () => {
    const reads = log.reads;
    const refused = await Promise.all([
      ...Array.from({ length: 1_000 }, (_, index) =>
        follower.ensurePosition(99 + index).catch(({ code }: { code: string }) => code),
      ),
      scheduler.advance(10),
    ]);
    expect(new Set(refused)).toEqual(new Set(['cache.position-unknown', undefined]));
    expect(log.reads - reads).toBe(1);
  });

  it('looks at most every five milliseconds for those who keep bringing positions', async () => {
    const reads = log.reads;
    const refused: Promise<unknown>[] = [];
    for (let ms = 0; ms < 100; ms += 1) {
      refused.push(follower.ensurePosition(99).catch(() => undefined));
      await scheduler.advance(1);
    }
    await scheduler.advance(10);
    await Promise.all(refused);
    expect(log.reads - reads).toBeLessThanOrEqual(22);
  });

  it('fails a follow that hangs, and follows again', async () => {
    log.hang = new Promise(() => undefined);
    const renewal = follower.renew(100);
    await scheduler.advance(1_000);
    expect(await renewal).toBe(false);
    log.hang = undefined;
    log.commit(1, 'a');
    await scheduler.advance(2_000);
    expect(applied).toEqual(['a']);
  });

  it('does not take the database for away when this process was stalled', async () => {
    let release = (): void => undefined;
    log.hang = new Promise((resolve) => {
      release = resolve;
    });
    const renewal = follower.renew(100);
    await settled();
    clock.advance(3_000);
    await scheduler.advance(0); // The timers that fell due in the stall; the answer comes after them.
    release();
    expect(await renewal).toBe(true);
  });

  it('answers readers at once while the database is known to be away', async () => {
    log.isAway = true;
    expect(await follower.renew(100)).toBe(false);
    const reads = log.reads;
    expect(await follower.renew(100)).toBe(false);
    expect(log.reads).toBe(reads);
  });

  it('stops', async () => {
    follower.stop();
    const reads = log.reads;
    await scheduler.advance(5_000);
    expect(log.reads).toBe(reads);
    await settled();
  });
});
