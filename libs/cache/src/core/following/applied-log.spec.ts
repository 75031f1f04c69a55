import { beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, ManualScheduler } from '#libs/testing';
import { AppliedLog } from './applied-log.js';
import { Coherence } from './coherence.js';
import type { LogExcerpt, LogSource } from './log-source.js';
import { TurnClock } from '../time/turn-clock.js';
import type { Invalidation } from '../publishing/wire.js';

const HOLE_GIVE_UP_MS = 20_000;

class MemoryLog implements LogSource {
  isCopy = false;
  rows: Invalidation[] = [];
  settled = 0;
  prunedTo = 0;
  /** Happens after an excerpt was taken and before it arrives. */
  meanwhile: () => void = () => undefined;

  commit(...positions: number[]): void {
    for (const position of positions)
      this.rows.push({ position, tags: [`t${position}`], committedAt: 0 });
    this.rows.sort((one, other) => one.position - other.position);
  }

  async readAfter(position: number, limit: number): Promise<LogExcerpt> {
    const records = this.rows.filter((row) => row.position > position).slice(0, limit);
    await Promise.resolve();
    this.meanwhile();
    return { records, prunedTo: this.prunedTo, last: this.rows.at(-1)?.position ?? this.prunedTo };
  }

  settledPosition(): Promise<number> {
    return Promise.resolve(this.settled);
  }
}

describe('AppliedLog', () => {
  let clock: ManualClock;
  let coherence: Coherence;
  let source: MemoryLog;
  let applied: string[];

  beforeEach(() => {
    clock = new ManualClock();
    coherence = new Coherence();
    source = new MemoryLog();
    applied = [];
    const apply = coherence.apply.bind(coherence);
    coherence.apply = (tags) => {
      applied.push(...tags);
      apply(tags);
    };
  });

  function create(): AppliedLog {
    const turnClock = new TurnClock(clock, new ManualScheduler(clock));
    return new AppliedLog(coherence, source, turnClock, HOLE_GIVE_UP_MS);
  }

  const catchUp = (log: AppliedLog): Promise<void> => log.catchUp(clock.monotonicMs(), () => false);

  it('changes nothing by an answer nobody waits for any more', async () => {
    const log = create();
    await catchUp(log);
    source.commit(1, 2);
    const before = coherence.followedSinceMs;
    clock.advance(1_000);
    let isAbandoned = false;
    source.meanwhile = () => {
      isAbandoned = true;
    };
    await expect(log.catchUp(clock.monotonicMs(), () => isAbandoned)).rejects.toMatchObject({
      code: 'cache.follow-timeout',
    });
    expect(applied).toEqual([]);
    expect(log.watermark).toBe(0);
    expect(coherence.followedSinceMs).toBe(before);
  });

  it('notices that rows were pruned between two pages', async () => {
    const log = create();
    await catchUp(log);
    source.commit(...Array.from({ length: 1_500 }, (_, index) => index + 1));
    source.meanwhile = () => {
      source.meanwhile = () => undefined;
      source.rows = source.rows.filter(({ position }) => position > 1_200);
      source.prunedTo = 1_200;
      source.settled = 1_200;
    };
    await catchUp(log);
    expect(coherence.clears).toBe(1);
    expect(log.watermark).toBe(1_500);
  });

  it('drops what was loaded while the log could not be read for too long', async () => {
    const early = create();
    clock.advance(HOLE_GIVE_UP_MS);
    await catchUp(early);
    expect(coherence.clears).toBe(0);
    const late = create();
    clock.advance(HOLE_GIVE_UP_MS + 1);
    await catchUp(late);
    expect(coherence.clears).toBe(1);
  });

  it('has no lag of a copy when it is none', () => {
    expect(create().copyLag).toBeUndefined();
  });

  describe('what was announced', () => {
    let log: AppliedLog;

    beforeEach(async () => {
      log = create();
      await catchUp(log);
    });

    it('is voided at once, and moves nothing until the log shows it', async () => {
      log.announced({ position: 1, tags: ['t1'], committedAt: 0 });
      expect([applied, log.watermark, log.isIncomplete]).toEqual([['t1'], 0, false]);
      source.commit(1);
      await catchUp(log);
      expect([applied, log.watermark]).toEqual([['t1'], 1]);
    });

    it.each([
      ['with no tags', { position: 1, tags: [], committedAt: 0 }],
      ['with other tags', { position: 1, tags: ['t2'], committedAt: 0 }],
      ['as committed at another time', { position: 1, tags: ['t1'], committedAt: 1 }],
      ['for a later position', { position: 2, tags: ['t1'], committedAt: 0 }],
    ])('does not stand for its row when it was announced %s', async (_how, announced) => {
      log.announced(announced);
      applied = [];
      source.commit(1);
      await catchUp(log);
      expect([applied, log.watermark]).toEqual([['t1'], 1]);
    });

    it('does not keep a commit of this process from being applied', () => {
      log.announced({ position: 1, tags: ['t1'], committedAt: 0 });
      applied = [];
      log.committed({ position: 1, tags: ['t1'], committedAt: 0 });
      expect([applied, log.watermark]).toEqual([['t1'], 1]);
    });

    it('is not voided again when it is repeated', () => {
      log.announced({ position: 1, tags: ['t1', 't2'], committedAt: 0 });
      log.announced({ position: 1, tags: ['t1', 't2'], committedAt: 0 });
      expect(applied).toEqual(['t1', 't2']);
    });

    it('is a hole above what nobody has spoken of', () => {
      log.announced({ position: 2, tags: ['t2'], committedAt: 0 });
      expect(log.isIncomplete).toBe(true);
      log.announced({ position: 1, tags: ['t1'], committedAt: 0 });
      expect(log.isIncomplete).toBe(false);
    });

    it('is forgotten when a later look into the log does not show it', async () => {
      log.announced({ position: 9, tags: ['t9'], committedAt: 0 });
      clock.advance(1);
      await catchUp(log);
      expect(log.isIncomplete).toBe(false);
      applied = [];
      source.commit(9);
      await catchUp(log);
      expect(applied).toEqual(['t9']);
    });

    it('is remembered within a bound; the rest is voided twice', async () => {
      const tags = Array.from({ length: 60_000 }, (_, index) => `x${index}`);
      for (const position of [1, 2]) {
        log.announced({ position, tags, committedAt: 0 });
        source.rows.push({ position, tags, committedAt: 0 });
      }
      applied = [];
      await catchUp(log);
      expect(applied).toHaveLength(60_000);
      expect(log.watermark).toBe(2);
    });
  });

  describe('of a lagging copy', () => {
    let log: AppliedLog;

    beforeEach(async () => {
      source.isCopy = true;
      log = create();
      source.commit(1);
      await catchUp(log);
      applied = [];
    });

    it('applies what was announced when the copy shows it, and not before', async () => {
      log.announced({ position: 2, tags: ['t2'], committedAt: 0 });
      expect([log.isIncomplete, log.has(2)]).toEqual([true, false]);
      await catchUp(log);
      expect([applied, coherence.clears]).toEqual([[], 0]);
      source.commit(2);
      await catchUp(log);
      expect(applied).toEqual(['t2']);
      expect([log.isIncomplete, log.watermark]).toEqual([false, 2]);
    });

    it('says how far it is behind what it has heard of, announced or asked for', async () => {
      log.announced({ position: 2, tags: ['t2'], committedAt: 0 });
      clock.advance(1_000);
      log.primaryIsAt(4);
      expect(log.copyLag).toEqual({ positions: 3, ageMs: 1_000 });
      source.commit(2, 3);
      await catchUp(log);
      expect(log.copyLag).toEqual({ positions: 1, ageMs: 0 });
      expect(log.lag).toBe(0);
    });

    it('keeps waiting for a hole while the copy stands still', async () => {
      source.commit(3);
      await catchUp(log);
      clock.advance(10 * HOLE_GIVE_UP_MS);
      await catchUp(log);
      source.commit(2);
      await catchUp(log);
      expect(applied).toEqual(['t3', 't2']);
    });

    it('gives a hole up when the copy itself shows that it stays one', async () => {
      source.commit(3, 4);
      await catchUp(log);
      source.settled = 3;
      await catchUp(log);
      expect(log.watermark).toBe(4);
      expect(log.lag).toBe(0);
    });
  });
});
