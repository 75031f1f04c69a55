import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReaderWorld, type RowReader } from '../../../test/reader-world.js';
import { cacheErrors } from '../../cache.errors.js';
import { CachedReader } from './cached-reader.js';
import { observeReads, ReadObserver } from './read-observer.js';
import { WholeReads } from './whole-reads.js';

describe('answers that are whole', () => {
  let world: ReaderWorld;
  let names: ReturnType<ReaderWorld['reader']>;
  let prices: ReturnType<ReaderWorld['reader']>;
  let whole: WholeReads;

  beforeEach(async () => {
    world = new ReaderWorld();
    names = world.reader({ name: 'names' });
    prices = world.reader({ name: 'prices', tags: (key) => [`price:${key}`] });
    whole = new WholeReads(world.environment);
  });

  /** Both are changed by one transaction; the log is a while behind. */
  const commit = (v: number): void => {
    for (const { rows } of [names, prices]) rows.set('a', { v });
  };
  const apply = (): void => world.coherence.apply(['row:a', 'price:a', 'late:a']);
  const settle = async (): Promise<void> => {
    await world.scheduler.advance(1);
    world.follow();
  };
  const answer = (between: () => unknown = () => undefined) =>
    whole.read(async () => {
      const name = await names.reader.get('a');
      await between();
      const price = await prices.reader.get('a');
      return [name?.v, price?.v];
    });

  it('are of what is held when nothing changes, and ask nobody', async () => {
    await answer();
    await settle();
    const { renewals } = world;
    expect(await answer()).toEqual([1, 1]);
    expect(world.renewals).toBe(renewals);
    expect(whole.stats).toEqual({ confirmed: 1, repeated: 0, refused: 0 });
  });

  it('are made again when a change is applied between two parts', async () => {
    await answer();
    await settle();
    const changes = [2];
    const made = await answer(() => {
      const next = changes.shift();
      if (next === undefined) return;
      commit(next);
      apply();
    });
    expect([made, whole.stats.repeated]).toEqual([[2, 2], 1]);
  });

  it('are made again when a change concerns the second of two parts that were read at one moment', async () => {
    await names.reader.get('b');
    await answer();
    await settle();
    const changes = [2];
    const made = await whole.read(async () => {
      await names.reader.get('b');
      const name = await names.reader.get('a');
      if (changes.shift() !== undefined) {
        commit(2);
        apply();
      }
      return [name?.v, (await prices.reader.get('a'))?.v];
    });
    expect(made).toEqual([2, 2]);
  });

  it('are made again when what is not there is torn', async () => {
    const refusal = new Error('no such page');
    const changes = [2];
    const refused = whole.read(async () => {
      const name = await names.reader.get('a');
      const next = changes.shift();
      if (next !== undefined) {
        commit(next);
        apply();
      }
      const price = await prices.reader.get('a');
      throw name?.v === price?.v ? refusal : new Error('torn');
    });
    await expect(refused).rejects.toBe(refusal);
    expect(whole.stats.repeated).toBe(1);
  });

  it.each([
    ['something is out of order', () => cacheErrors.loadTimeout(), new AbortController().signal],
    ['nobody waits any more', () => new Error('gone'), AbortSignal.abort()],
  ])('are neither confirmed nor made again when %s', async (_why, failure, gone) => {
    const outer = new ReadObserver();
    outer.audience = () => gone;
    await names.reader.get('a');
    const { renewals } = world;
    const error = failure();
    const asked = observeReads(outer, () =>
      answer(() => {
        apply();
        throw error;
      }),
    );
    await expect(asked).rejects.toBe(error);
    expect([world.renewals, whole.stats.repeated]).toEqual([renewals, 0]);
  });

  it('do not show the half of a change that is committed and not heard of yet', async () => {
    await names.reader.get('a');
    await settle();
    commit(2);
    // The price is loaded, and new; the name is held, and old.
    world.beforeFollow = () => {
      world.beforeFollow = () => undefined;
      apply();
    };
    expect(await answer()).toEqual([2, 2]);
    expect(whole.stats).toMatchObject({ repeated: 1 });
  });

  it('do not show the half of a change that another loaded and of which nobody has heard yet', async () => {
    await names.reader.get('a');
    await settle();
    commit(2);
    await prices.reader.get('a');
    world.beforeFollow = () => {
      world.beforeFollow = () => undefined;
      apply();
    };
    expect(await answer()).toEqual([2, 2]);
  });

  it('are not made again for a change that came after the part it concerns, and before no other', async () => {
    await answer();
    await settle();
    const other = () => world.coherence.apply(['row:b', 'price:b']);
    expect(await answer(other)).toEqual([1, 1]);
    // Of what comes later nothing was read.
    expect(await answer(() => world.coherence.apply(['row:a', 'late:b']))).toEqual([1, 1]);
    expect(whole.stats.repeated).toBe(0);
  });

  it('are made again when everything is cleared meanwhile', async () => {
    await answer();
    await settle();
    const changes = [2];
    const made = await answer(() => {
      if (changes.shift() === undefined) return;
      commit(2);
      world.coherence.applyEverything();
    });
    expect(made).toEqual([2, 2]);
  });

  it('are made again when one of the readers is cleared meanwhile', async () => {
    await answer();
    await settle();
    const changes = [2];
    const made = await answer(() => {
      if (changes.shift() === undefined) return;
      commit(2);
      world.coherence.apply(['region:names', 'region:prices']);
    });
    expect(made).toEqual([2, 2]);
  });

  /** Every try takes 5 ms and runs into a change, until `endsAtMs`. */
  const answerUnderChanges = async (endsAtMs: number) => {
    let isOver = false;
    const asked = answer(async () => {
      await world.scheduler.advance(5);
      if (world.clock.monotonicMs() >= endsAtMs) return;
      commit(2);
      apply();
    }).finally(() => (isOver = true));
    asked.catch(() => undefined);
    while (!isOver) await world.scheduler.advance(1);
    return asked;
  };

  it('outlast changes that end after a while', async () => {
    expect(await answerUnderChanges(world.clock.monotonicMs() + 300)).toEqual([2, 2]);
    expect(whole.stats.refused).toBe(0);
  });

  it('are refused when that never ends', async () => {
    await expect(answerUnderChanges(Infinity)).rejects.toMatchObject({
      code: cacheErrors.answerOvertaken().code,
      retryAfterSeconds: 1,
    });
    expect(whole.stats).toMatchObject({ repeated: 8, refused: 1 });
    expect(world.coherence.journal.size).toBe(0);
  });

  it('are marked stale when they cannot be confirmed', async () => {
    const observer = new ReadObserver();
    const asked = observeReads(observer, () =>
      answer(() => {
        world.isLogReachable = false;
      }),
    );
    expect([await asked, observer.isStale]).toEqual([[1, 1], true]);
  });

  it('tell who asks what the last of them is made of', async () => {
    const observer = new ReadObserver();
    const keys = ['b', 'a'];
    await observeReads(observer, () =>
      whole.read(async () => {
        const key = keys.shift() ?? 'a';
        await names.reader.get(key);
        if (keys.length > 0) world.coherence.apply([`row:${key}`]);
        return prices.reader.get('a');
      }),
    );
    expect([...observer.tags].sort()).toEqual(['late:a', 'price:a', 'row:a']);
  });

  it('tell who asks what it depends on that there is none', async () => {
    const observer = new ReadObserver();
    const asked = observeReads(observer, () =>
      whole.read(async () => {
        await names.reader.get('b');
        throw new Error('not found');
      }),
    );
    await expect(asked).rejects.toThrow('not found');
    expect([...observer.tags]).toContain('row:b');
  });

  describe('of memory that keeps up with the log', () => {
    let shown = { v: 1, at: 0 };
    let during: () => void = () => undefined;
    let list: RowReader;

    beforeEach(() => {
      shown = { v: 1, at: world.coherence.sequence };
      during = () => undefined;
      list = new CachedReader(
        {
          name: 'list',
          key: (key: string) => key,
          isFromMemory: true,
          ttlMs: 10_000,
          load: async (key, context) => {
            context.tag(`listed:${key}`);
            const { v, at } = shown;
            context.readMemoryAt(at);
            during();
            return { v };
          },
        },
        world.environment,
      );
    });

    const listAndName = () =>
      whole.read(async () => [(await list.get('a'))?.v, (await names.reader.get('a'))?.v]);

    it('are not made again although lists of it were overtaken, when nothing else was', async () => {
      await names.reader.get('a');
      await settle();
      during = () => world.coherence.apply(['listed:a', 'row:b']);
      expect(await listAndName()).toEqual([1, 1]);
      expect(whole.stats).toEqual({ confirmed: 0, repeated: 0, refused: 0 });
    });

    it('are made again when a list was overtaken by a change of what else they show', async () => {
      await names.reader.get('a');
      await settle();
      during = () => {
        during = () => undefined;
        commit(2);
        world.coherence.apply(['listed:a', 'row:a', 'late:a']);
        shown = { v: 2, at: world.coherence.sequence };
      };
      expect(await listAndName()).toEqual([2, 2]);
    });

    it('are stale when the log cannot be followed, and refused when it could not for too long', async () => {
      world.isLogReachable = false;
      await world.scheduler.advance(3_000);
      const observer = new ReadObserver();
      expect(await observeReads(observer, async () => list.get('a'))).toEqual({ v: 1 });
      expect(observer.isStale).toBe(true);
      list.clear();
      await world.scheduler.advance(60_000);
      await expect(list.get('a')).rejects.toMatchObject({ code: cacheErrors.unconfirmed().code });
    });
  });
});
