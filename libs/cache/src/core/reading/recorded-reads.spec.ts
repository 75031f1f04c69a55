import { beforeEach, describe, expect, it } from '@jest/globals';
import { decodeRow, RecordWorld, type NamedRow } from '../../../test/record-world.js';
import { LEASE_MS } from '../../../test/reader-world.js';
import type { RecordMemory } from '../../records/record-memory.js';
import { CachedReader } from './cached-reader.js';
import { observeReads, readApart, ReadObserver } from './read-observer.js';
import { WholeReads } from './whole-reads.js';

describe('lists of what is made of records in memory', () => {
  let world: RecordWorld;
  let memory: RecordMemory<NamedRow>;
  let rows: CachedReader<string, NamedRow>;
  let loaded: string[][];

  beforeEach(async () => {
    world = new RecordWorld();
    memory = await world.held();
    loaded = [];
    rows = new CachedReader<string, NamedRow>(
      {
        name: 'rows',
        key: (id) => id,
        tags: (id) => [`row:${id}`],
        fromRecords: (id) => memory.find(id, decodeRow),
        load: async (id, context) => (await loadMany([id], [context]))[0],
        loadMany: (ids, contexts) => loadMany(ids, contexts),
        ttlMs: 10_000,
      },
      world.environment,
    );
  });

  const loadMany: RecordMemory<NamedRow>['list'] = (ids, contexts) => {
    loaded.push([...ids]);
    return memory.list(ids, contexts);
  };

  const list = async (...ids: string[]) => (await rows.getMany(ids)).map((row) => row?.v);

  /** The change is committed, and applied here. */
  const change = (id: string, v: number): void => {
    world.rows.set(id, { v });
    world.coherence.apply([`row:${id}`]);
  };

  it('are made at once, and held when they are asked for again', async () => {
    expect(rows.getMany(['a', 'b'])).toEqual([{ v: 1 }, { v: 1 }]);
    expect([loaded, rows.size, world.coherence.tags.size]).toEqual([[], 0, 0]);
    expect(await list('a')).toEqual([1]);
    expect([loaded, rows.size]).toEqual([[['a']], 1]);
    expect(rows.getMany(['a'])).toEqual([{ v: 1 }]);
    expect(rows.stats).toMatchObject({ hits: 3, misses: 1, loads: 1 });
  });

  it('are in the order of their keys, whatever is held, recorded, or neither', async () => {
    world.rows.set('c', { v: 3 });
    await list('b');
    await list('b');
    expect(rows.size).toBe(1);
    loaded = [];
    expect(await list('none', 'a', 'c', 'b')).toEqual([undefined, 1, 3, 1]);
    expect(loaded).toEqual([['none', 'c']]);
  });

  it('are new in the step in which a change is applied', async () => {
    expect(await list('a', 'b')).toEqual([1, 1]);
    change('b', 2);
    expect(await list('a', 'b')).toEqual([1, 2]);
    await world.worked(memory);
    change('a', 2);
    expect(await list('a')).toEqual([2]);
  });

  it('are loaded when the log was not followed within the lease', async () => {
    await world.scheduler.advance(LEASE_MS);
    world.beforeFollow = () => change('a', 2);
    expect(await list('a')).toEqual([2]);
    expect(loaded).toEqual([['a']]);
  });

  it('are loaded by those who read apart', async () => {
    world.rows.set('a', { v: 2 });
    expect(await readApart(new AbortController().signal, () => list('a'))).toEqual([2]);
  });

  it('are told of like a hit: an answer made of them carries their tags, and is held', async () => {
    const observer = new ReadObserver();
    await observeReads(observer, () => list('a', 'b'));
    expect([...observer.tags]).toEqual(['row:a', 'row:b']);
    expect([...observer.regions]).toEqual(['rows']);
    expect(observer).toMatchObject({ hits: 2, misses: 0, hasUnheld: false, isStale: false });
    const answers = new CachedReader<string, readonly (number | undefined)[]>(
      { name: 'answers', key: (key) => key, ttlMs: 10_000, load: () => list('a', 'b') },
      world.environment,
    );
    await answers.get('all');
    change('b', 2);
    expect(await answers.get('all')).toEqual([1, 2]);
  });

  it('have an answer made again when a change comes between two of them', async () => {
    const whole = new WholeReads(world.environment);
    const changes = [2];
    const answer = await whole.read(async () => {
      const before = await list('a');
      for (const v of changes.splice(0)) {
        world.rows.set('a', { v });
        world.rows.set('b', { v });
        world.coherence.apply(['row:a', 'row:b']);
      }
      return [...before, ...(await list('b'))];
    });
    expect(answer).toEqual([2, 2]);
    expect(whole.stats.repeated).toBe(1);
  });
});
