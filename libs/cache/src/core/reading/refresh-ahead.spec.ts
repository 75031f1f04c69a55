import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '#libs/testing';
import { MAX_LOADS, ReaderWorld } from '../../../test/reader-world.js';
import { calmUntil, isRefreshDue } from './refresh-ahead.js';
import { Entry } from '../entries/entry.js';

const TTL_MS = 10_000;
const LOAD_MS = 100;

describe('refresh ahead', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
  });

  /** A reader that holds `a`, whose load took 100 ms, some time before it expires. */
  async function heldUntil(leftMs: number, refreshAhead?: number) {
    const row = world.reader({
      ttlMs: TTL_MS,
      ...(refreshAhead === undefined ? {} : { refreshAhead }),
    });
    const pending = row.hold();
    const first = row.reader.get('a');
    await settled();
    await world.scheduler.advance(LOAD_MS);
    pending.open();
    await first;
    await world.scheduler.advance(TTL_MS - leftMs);
    world.follow();
    return row;
  }

  it('follows the rule: the chance is e to the minus remaining life over load time', () => {
    const expiresAtMs = 50_000;
    const entry = new Entry('a', 1, [], expiresAtMs, calmUntil(expiresAtMs, 100, 1), 1, 0, {
      drop: () => undefined,
    });
    let seed = 42;
    const random = (): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return (seed + 1) / 2_147_483_649;
    };
    for (const remainingMs of [50, 100, 200, 300]) {
      let due = 0;
      for (let draw = 0; draw < 20_000; draw += 1) {
        if (isRefreshDue(entry, expiresAtMs - remainingMs, random)) due += 1;
      }
      expect(due / 20_000).toBeCloseTo(Math.exp(-remainingMs / 100), 1);
    }
  });

  it('answers the hit at once and loads in the background, once', async () => {
    const { reader, rows, hold, loads } = await heldUntil(200);
    rows.set('a', { v: 2 });
    const pending = hold();
    world.random = Math.exp(-3); // Due when less than three load times are left.
    expect(reader.get('a')).toEqual({ v: 1 });
    expect(loads()).toBe(1);
    await settled();
    expect(loads()).toBe(2);
    for (let read = 0; read < 10; read += 1) expect(reader.get('a')).toEqual({ v: 1 });
    await settled();
    expect(loads()).toBe(2);
    pending.open();
    await settled();
    expect(reader.get('a')).toEqual({ v: 2 });
    expect(reader.stats).toMatchObject({ refreshes: 1, evictions: 0 });
    await world.scheduler.advance(5_000);
    world.follow();
    expect(reader.get('a')).toEqual({ v: 2 });
  });

  it('is not due for a value with much life left, nor when it is off', async () => {
    const early = await heldUntil(5_000);
    world.random = 0.000_001;
    void early.reader.get('a');
    await settled();
    expect(early.loads()).toBe(1);
    world = new ReaderWorld();
    const off = await heldUntil(1, 0);
    world.random = 0.000_001;
    void off.reader.get('a');
    await settled();
    expect(off.loads()).toBe(1);
  });

  it('stores nothing when an invalidation overtakes the refresh', async () => {
    const { reader, rows, hold } = await heldUntil(200);
    const pending = hold();
    world.random = Math.exp(-3);
    void reader.get('a');
    await settled();
    rows.set('a', { v: 3 });
    world.coherence.apply(['row:a']);
    pending.open();
    await settled();
    expect(reader.size).toBe(0);
    expect(await reader.get('a')).toEqual({ v: 3 });
  });

  it('keeps the value until it expires when the refresh fails', async () => {
    const { reader, failures, loads } = await heldUntil(200);
    failures.push(new Error('away'));
    world.random = Math.exp(-3);
    void reader.get('a');
    await settled();
    expect(reader.get('a')).toEqual({ v: 1 });
    await settled();
    expect(loads()).toBe(2);
  });

  it('waits for room among the loads', async () => {
    const { reader, rows, hold, loads } = await heldUntil(200);
    const busy = Array.from({ length: MAX_LOADS }, () => hold());
    const others = busy.map(async (_, index) => reader.get(`other-${index}`));
    await settled();
    world.random = Math.exp(-3);
    rows.set('a', { v: 2 });
    expect(reader.get('a')).toEqual({ v: 1 });
    await settled();
    expect(loads()).toBe(1 + MAX_LOADS);
    for (const pending of busy) pending.open();
    await Promise.all(others);
    expect(reader.get('a')).toEqual({ v: 1 });
    await settled();
    expect(reader.get('a')).toEqual({ v: 2 });
  });
});
