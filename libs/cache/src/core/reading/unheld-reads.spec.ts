import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate } from '#libs/testing';
import { ReaderWorld, type RowReader } from '../../../test/reader-world.js';
import { cacheErrors } from '../../cache.errors.js';
import { CachedReader } from './cached-reader.js';
import { FirstAsks } from './first-asks.js';
import { observeReads, ReadObserver } from './read-observer.js';
import { WholeReads } from './whole-reads.js';

describe('values that are held when they are asked for again', () => {
  let world: ReaderWorld;
  let whole: WholeReads;
  let names: ReturnType<ReaderWorld['reader']>;
  let list: RowReader;
  let loads: number;
  let shown: { v: number; at: number };
  let during: () => unknown;
  let isSayingWhen: boolean;

  beforeEach(() => {
    world = new ReaderWorld();
    whole = new WholeReads(world.environment);
    names = world.reader({ name: 'names' });
    loads = 0;
    shown = { v: 1, at: world.coherence.sequence };
    during = () => undefined;
    isSayingWhen = true;
    list = new CachedReader(
      {
        name: 'list',
        key: (key: string) => key,
        tags: (key) => [`list:${key}`],
        isFromMemory: true,
        isHeldWhenAskedAgain: true,
        ttlMs: 10_000,
        load: async (key, context) => {
          loads += 1;
          context.tag(`listed:${key}`);
          const { v, at } = shown;
          if (isSayingWhen) context.readMemoryAt(at);
          await during();
          return { v };
        },
      },
      world.environment,
    );
  });

  const ask = (key = 'a') => whole.read(async () => list.get(key));
  const change = (v: number, ...tags: string[]): void => {
    names.rows.set('a', { v });
    world.coherence.apply(['row:a', 'late:a', ...tags]);
    shown = { v, at: world.coherence.sequence };
  };
  const listAndName = () =>
    whole.read(async () => [(await list.get('a'))?.v, (await names.reader.get('a'))?.v]);

  it('are made for the first answer and held from the second on', async () => {
    const sizes = [];
    for (let time = 1; time <= 3; time += 1) {
      expect(await ask()).toEqual({ v: 1 });
      sizes.push([loads, list.size]);
    }
    expect(sizes).toEqual([
      [1, 0],
      [2, 1],
      [2, 1],
    ]);
    expect(list.stats).toMatchObject({ hits: 1, misses: 2 });
    expect([world.coherence.journal.size, world.coherence.tags.size]).toEqual([0, 2]);
  });

  it('keep what is made of them from being held, until they are', async () => {
    const answers = new CachedReader<string, { readonly v: number }>(
      { name: 'answers', key: (key) => key, ttlMs: 10_000, load: ask },
      world.environment,
    );
    const sizes = [];
    for (let time = 1; time <= 3; time += 1) {
      expect(await answers.get('a')).toEqual({ v: 1 });
      sizes.push([loads, list.size, answers.size]);
    }
    expect(sizes).toEqual([
      [1, 0, 0],
      [2, 1, 1],
      [2, 1, 1],
    ]);
    expect(answers.stats).toMatchObject({ hits: 1, misses: 2, doomedLoads: 0 });
    expect([world.coherence.journal.size, world.coherence.tags.size]).toEqual([0, 2]);
  });

  it('are held at once, and what is made of them, when that is loaded ahead', async () => {
    const answers = new CachedReader<string, { readonly v: number }>(
      { name: 'answers', key: (key) => key, keyOf: (key) => key, ttlMs: 10_000, load: ask },
      { ...world.environment, isNotingUses: true },
    );
    expect(await answers.upkeep.warm('a')).toBe(true);
    expect([loads, list.size, answers.size]).toEqual([1, 1, 1]);
  });

  it('are held at once for those who do not ask for an answer of one state', async () => {
    await list.get('a');
    await observeReads(new ReadObserver(), async () => list.get('b'));
    expect(list.size).toBe(2);
  });

  it('are read as any other while a load of them is under way', async () => {
    const held = gate();
    during = () => held.opened;
    const first = list.get('a');
    const second = ask();
    await world.scheduler.advance(1);
    held.open();
    expect(await Promise.all([first, second])).toEqual([{ v: 1 }, { v: 1 }]);
    expect(loads).toBe(1);
  });

  it('give the answer their tags and their name', async () => {
    const observer = new ReadObserver();
    await observeReads(observer, () => ask());
    expect([...observer.tags].sort()).toEqual(['list:a', 'listed:a']);
    expect([[...observer.regions], observer.hits, observer.misses]).toEqual([['list'], 0, 1]);
  });

  it('have the answer made again when a change of both comes behind them', async () => {
    await names.reader.get('a');
    world.follow();
    during = () => {
      during = () => undefined;
      change(2, 'listed:a');
    };
    expect(await listAndName()).toEqual([2, 2]);
    expect(whole.stats.repeated).toBe(1);
  });

  it('leave the answer alone when what changed was of another moment', async () => {
    await names.reader.get('a');
    await world.scheduler.advance(1);
    world.follow();
    during = () => world.coherence.apply(['listed:a', 'row:b']);
    expect(await listAndName()).toEqual([1, 1]);
    expect(whole.stats.repeated).toBe(0);
  });

  it('have the answer made again when it is not known when they were true', async () => {
    isSayingWhen = false;
    expect(await ask('b')).toEqual({ v: 1 });
    expect(whole.stats.repeated).toBe(0);
    during = () => {
      during = () => undefined;
      world.coherence.apply(['listed:a']);
      shown = { v: 2, at: world.coherence.sequence };
    };
    expect(await ask()).toEqual({ v: 2 });
    expect(whole.stats.repeated).toBe(1);
  });

  it('are stale when the log cannot be followed, and refused when it could not for too long', async () => {
    world.isLogReachable = false;
    await world.scheduler.advance(3_000);
    const observer = new ReadObserver();
    expect(await observeReads(observer, () => ask())).toEqual({ v: 1 });
    expect([observer.isStale, list.size]).toEqual([true, 0]);
    await world.scheduler.advance(60_000);
    await expect(ask('b')).rejects.toMatchObject({ code: cacheErrors.unconfirmed().code });
  });

  it('are not made for a client that is gone', async () => {
    const outer = new ReadObserver();
    outer.audience = () => AbortSignal.abort(new Error('gone'));
    await expect(observeReads(outer, () => ask())).rejects.toThrow('gone');
    expect(loads).toBe(0);
  });
});

describe('FirstAsks', () => {
  it('knows what it was asked for lately, and is of one size', () => {
    const asks = new FirstAsks();
    const texts = Array.from({ length: 1_000 }, (_, index) => `[["q${index}"]]`);
    const again = texts.filter((text) => !asks.isFirst(text));
    expect(again).toEqual([]);
    const known = texts.filter((text) => !asks.isFirst(text));
    // Some took the place of others.
    expect(known.length).toBeGreaterThan(900);
    for (let index = 0; index < 100_000; index += 1) asks.isFirst(`other ${index}`);
    expect(asks.isFirst(texts[0] ?? '')).toBe(true);
  });
});
