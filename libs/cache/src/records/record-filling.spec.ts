import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '#libs/testing';
import { decodeRow as decode, RecordWorld } from '../../test/record-world.js';
import { regionTag } from '../core/following/coherence.js';

describe('what a memory of records holds', () => {
  let world: RecordWorld;

  beforeEach(() => {
    world = new RecordWorld();
  });

  it('wants all there is, in pages, and again when it is not known what was missed', async () => {
    const all = Array.from({ length: 250 }, (_, index) => String(index).padStart(3, '0'));
    world.rows = new Map(all.map((id) => [id, { v: 1 }]));
    const memory = world.memory({
      idsAfter: (last) => Promise.resolve(all.filter((id) => id > last).slice(0, 120)),
    });
    const filled = () => world.worked(memory, all.length);
    memory.start();
    await filled();
    expect(memory.size).toBe(250);
    expect(Math.max(...world.reads.map(({ length }) => length))).toBe(100);
    world.rows.set('007', { v: 2 });
    world.coherence.applyEverything();
    expect(memory.size).toBe(0);
    await filled();
    expect(memory.size).toBe(250);
    expect(memory.find('007', decode)).toEqual({ v: 2 });
  });

  it('reads all again when a region is voided that is made of it', async () => {
    const memory = world.memory({
      idsAfter: (last) => Promise.resolve(last === '' ? ['a', 'b'] : []),
      regions: ['pages of rows'],
    });
    memory.start();
    await world.worked(memory, 2);
    // By hand: no row of the log tells of it.
    world.rows.set('a', { v: 2 });
    world.coherence.apply([regionTag('pages of others')]);
    expect(memory.find('a', decode)).toEqual({ v: 1 });
    world.coherence.apply([regionTag('pages of rows')]);
    expect(memory.find('a', decode)).toBeUndefined();
    await world.worked(memory, 2);
    expect(memory.find('a', decode)).toEqual({ v: 2 });
  });

  it('lets others have their turn while it encodes', async () => {
    const all = Array.from({ length: 50 }, (_, index) => String(index));
    world.rows = new Map(all.map((id) => [id, { v: 1 }]));
    let encoded = 0;
    const memory = world.memory({
      encode: (row) => {
        encoded += 1;
        world.clock.advance(2);
        return Buffer.from(JSON.stringify(row));
      },
    });
    memory.start();
    void memory.want(all);
    const seen: number[] = [];
    for (let turn = 0; turn < 100 && memory.size < all.length; turn += 1) {
      await world.scheduler.advance(turn === 0 ? 20 : 0);
      await settled();
      seen.push(encoded - seen.reduce((sum, each) => sum + each, 0));
    }
    expect(memory.size).toBe(50);
    expect(Math.max(...seen)).toBe(3);
  });

  it('world.reads nothing before the log was followed for the first time', async () => {
    world.isLogReachable = false;
    const memory = world.memory({ idsAfter: (last) => Promise.resolve(last === '' ? ['a'] : []) });
    memory.start();
    await settled();
    expect(world.failures).toHaveLength(1);
    expect(world.reads).toEqual([]);
    world.isLogReachable = true;
    await world.scheduler.advance(1_000);
    await settled();
    await world.worked(memory);
    expect(memory.size).toBe(1);
  });

  it('world.reads what comes into being only where it is told to', async () => {
    const others = await world.held();
    const all = await world.held({ isReadWhenNamed: true });
    world.rows.set('new', { v: 1 });
    world.coherence.apply(['row:new']);
    await world.worked(all);
    expect(all.find('new', decode)).toEqual({ v: 1 });
    expect(others.find('new', decode)).toBeUndefined();
  });

  it('forgets what is gone', async () => {
    const memory = await world.held();
    world.rows.delete('a');
    world.coherence.apply(['row:a']);
    await world.worked(memory);
    expect(memory.size).toBe(1);
  });

  it('finds a record by its other name, as long as it has it', async () => {
    world.rows = new Map([
      ['a', { v: 1, name: 'old' }],
      ['z', { v: 1, name: 'last' }],
    ]);
    const memory = await world.held({ aliasOf: (bytes) => decode(bytes).name ?? '' });
    expect(memory.idOf('old')).toBe('a');
    world.rows.set('a', { v: 2, name: 'new' });
    world.rows.set('b', { v: 1, name: 'old' });
    world.coherence.apply(['row:a', 'row:b']);
    expect(memory.idOf('old')).toBeUndefined();
    void memory.want(['b']);
    await world.worked(memory);
    expect(memory.idOf('old')).toBe('b');
    expect(memory.idOf('new')).toBe('a');
  });

  it('holds no more than its budget, and says what it left out', async () => {
    world.rows = new Map(
      Array.from({ length: 300 }, (_, index) => [
        `${index}`,
        { v: index, name: 'x'.repeat(10_000) },
      ]),
    );
    const memory = await world.held({}, 600_000);
    expect(memory.size).toBeGreaterThan(10);
    expect(memory.bytes).toBeLessThan(600_000 + 2 * 256 * 1_024);
    expect(memory.leftOut).toBe(300 - memory.size);
    expect(memory.missing).toBe(0);
  });

  it('tells what is held since now, and what does not exist', async () => {
    const told: string[] = [];
    const missing: string[] = [];
    const memory = await world.held({
      onHeld: (ids) => told.push(...ids),
      onMissing: (ids) => missing.push(...ids),
    });
    expect([told, missing]).toEqual([['a', 'b'], []]);
    world.rows.delete('b');
    world.coherence.apply(['row:b']);
    await world.worked(memory);
    expect([told, missing]).toEqual([['a', 'b'], ['b']]);
  });

  it('holds no more what it is told to forget', async () => {
    const memory = await world.held();
    const onceRead = world.reads.length;
    world.coherence.apply(['row:b']);
    memory.forget(['a', 'b']);
    await world.worked(memory);
    expect(memory.size).toBe(0);
    expect(world.reads).toHaveLength(onceRead);
  });
});
