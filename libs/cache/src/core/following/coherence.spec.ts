import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '#libs/testing';
import { ReaderWorld, type RowReader } from '../../../test/reader-world.js';
import { CachedReader } from '../reading/cached-reader.js';
import { regionTag } from './coherence.js';

describe('the invalidation of a region', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
  });

  /** A region that is built from another. */
  const on = (name: string, source: RowReader): RowReader =>
    new CachedReader(
      { name, key: (key) => key, ttlMs: 10_000, load: async (key) => source.get(key) },
      world.environment,
    );

  it('drops what the region holds, and nothing of others', async () => {
    const [one, other] = [world.reader({ name: 'one' }), world.reader({ name: 'other' })];
    await one.reader.get('a');
    await other.reader.get('a');
    one.rows.set('a', { v: 2 });
    world.coherence.apply([regionTag('one')]);
    expect([one.reader.size, other.reader.size]).toEqual([0, 1]);
    expect(await one.reader.get('a')).toEqual({ v: 2 });
    expect(other.reader.get('a')).toEqual({ v: 1 });
  });

  it('keeps no tag for it', async () => {
    const { reader } = world.reader({ tags: () => [], load: () => Promise.resolve({ v: 1 }) });
    await reader.get('a');
    expect(world.coherence.tags.size).toBe(0);
  });

  it('drops what was built from it, however indirectly', async () => {
    const { reader, rows } = world.reader({ name: 'one' });
    const two = on('two', reader);
    const three = on('three', two);
    await three.get('a');
    await three.get('b');
    rows.set('a', { v: 2 });
    world.coherence.apply([regionTag('one')]);
    expect([reader.size, two.size, three.size]).toEqual([0, 0, 0]);
    expect(await three.get('a')).toEqual({ v: 2 });
  });

  it('does not store a load under way, nor one that is built from it', async () => {
    const { reader, rows, hold } = world.reader({ name: 'one' });
    const two = on('two', reader);
    const three = on('three', two);
    const pending = hold();
    const early = three.get('a');
    await settled();
    rows.set('a', { v: 2 });
    world.coherence.apply([regionTag('one')]);
    const late = three.get('a');
    await settled();
    pending.open();
    expect(await early).toEqual({ v: 1 });
    expect(await late).toEqual({ v: 2 });
    expect(three.get('a')).toEqual({ v: 2 });
  });

  it('does not store a load that has read the region before it was voided', async () => {
    const { reader, rows } = world.reader({ name: 'one' });
    await reader.get('a');
    const after = world.reader({ name: 'after' });
    const pending = after.hold();
    const two = new CachedReader<string, number>(
      {
        name: 'two',
        key: (key) => key,
        ttlMs: 10_000,
        load: async (key) => {
          const row = await reader.get(key);
          await after.reader.get(key);
          return row?.v;
        },
      },
      world.environment,
    );
    const early = two.get('a');
    await settled();
    rows.set('a', { v: 2 });
    world.coherence.apply([regionTag('one')]);
    pending.open();
    expect(await early).toBe(1);
    expect(await two.get('a')).toBe(2);
  });
});
