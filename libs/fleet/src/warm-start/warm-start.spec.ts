import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate, settled } from '#libs/testing';
import { MAX_LOADS, ReaderWorld } from '../../../cache/test/reader-world.js';
import type { HotKey } from './hot-key.js';
import { WarmStart, type WarmStartReport } from './warm-start.js';

const BOUND_MS = 3_000;

describe('a warm start', () => {
  let world: ReaderWorld;
  let row: ReturnType<ReaderWorld['reader']>;
  let keys: HotKey[];
  let known: (readonly HotKey[])[];
  let reports: WarmStartReport[];
  let follow: () => Promise<void>;
  let list: () => Promise<readonly HotKey[]>;

  beforeEach(() => {
    world = new ReaderWorld();
    row = world.reader({ keyOf: (text) => (text.startsWith('?') ? undefined : text) });
    keys = ['a', 'b', 'c', 'd'].map((text, index) => ({ region: 'rows', text, uses: 10 - index }));
    for (const { text } of keys) row.rows.set(text, { v: 1 });
    known = [];
    reports = [];
    follow = () => Promise.resolve();
    list = () => Promise.resolve(keys);
  });

  const warmStart = (boundMs = BOUND_MS, lanes = 2): WarmStart =>
    new WarmStart({
      cache: {
        upkeeps: new Map([['rows', row.reader.upkeep]]),
        get hasRoomForLoads() {
          return world.environment.slots.hasRoom;
        },
      },
      follower: { followNow: () => follow() },
      notes: {
        list: async () => [{ replicaId: 'r', notedAt: 0, keys: await list() }],
      },
      timing: { clock: world.turnClock, scheduler: world.scheduler },
      boundMs,
      lanes,
      onKnown: (found) => known.push(found),
      onEnded: (report) => reports.push(report),
    });

  /** Runs it for as long as it wants; no time passes but that of its pauses. */
  const run = async (start: WarmStart): Promise<void> => {
    void start.run();
    for (let turn = 0; turn < 20; turn += 1) {
      await settled();
      await world.scheduler.advance(0);
    }
  };

  it('loads what is used most, after the log was followed, and is over', async () => {
    const followed = gate();
    follow = () => followed.opened;
    const start = warmStart();
    await run(start);
    expect([start.isOver, row.loads()]).toEqual([false, 0]);
    followed.open();
    await run(start);
    expect(start.isOver).toBe(true);
    for (const { text } of keys) expect(row.reader.get(text)).toEqual({ v: 1 });
    expect(row.loads()).toBe(4);
    expect(reports).toEqual([{ tookMs: 0, loaded: 4, failed: 0, skipped: 0 }]);
    expect(known).toEqual([keys]);
  });

  it('loads few at the same time, the most used first, and leaves room for others', async () => {
    const gates = keys.map(() => row.hold());
    const start = warmStart();
    await run(start);
    expect(row.loads()).toBe(2);
    gates[0]?.open();
    await settled();
    const places = Array.from({ length: MAX_LOADS - 1 }, () => world.environment.slots.tryEnter());
    await run(start);
    expect([row.reader.size, row.loads()]).toEqual([1, 2]);
    expect(row.reader.peek('a')).toEqual({ v: 1 });
    for (const leave of places) leave?.();
    await world.scheduler.advance(10);
    await run(start);
    expect(row.loads()).toBe(3);
    for (const each of gates) each.open();
    await run(start);
    expect(start.isOver).toBe(true);
  });

  it('ignores what fails and what means nothing to this release', async () => {
    keys = [
      { region: 'rows', text: '?', uses: 9 },
      { region: 'of another release', text: 'a', uses: 8 },
      ...keys.slice(0, 2).map((key) => ({ ...key, uses: 1 })),
    ];
    row.failures.push(new Error('away'));
    const start = warmStart(BOUND_MS, 1);
    await run(start);
    expect(start.isOver).toBe(true);
    expect(reports).toEqual([{ tookMs: 0, loaded: 1, failed: 1, skipped: 2 }]);
  });

  it.each([
    ['the log', () => (follow = () => gate().opened)],
    ['the notes', () => (list = () => gate<HotKey[]>().opened)],
    ['a load', () => void [row.hold(), row.hold()]],
    ['the log, which fails again and again,', () => (follow = () => Promise.reject(new Error()))],
  ])('is over when its time is up although %s hangs', async (_what, hang) => {
    hang();
    const start = warmStart();
    await run(start);
    await world.scheduler.advance(BOUND_MS - 1);
    expect(start.isOver).toBe(false);
    await world.scheduler.advance(1);
    expect(start.isOver).toBe(true);
    expect(reports).toMatchObject([{ tookMs: BOUND_MS, loaded: 0, failed: 0 }]);
  });

  it('begins nothing more once it is over', async () => {
    const gates = [row.hold(), row.hold()];
    const start = warmStart();
    await run(start);
    await world.scheduler.advance(BOUND_MS);
    for (const each of gates) each.open();
    await run(start);
    expect(row.loads()).toBe(2);
    // What was under way is stored as any load is.
    expect(row.reader.size).toBe(2);
  });

  it('is over without keys when the notes cannot be read', async () => {
    list = () => Promise.reject(new Error('no such table'));
    const start = warmStart();
    await run(start);
    expect([start.isOver, row.loads()]).toEqual([true, 0]);
  });

  it('is over from the beginning when it is off', async () => {
    const start = warmStart(0);
    expect(start.isOver).toBe(true);
    await run(start);
    expect([row.loads(), reports]).toEqual([0, []]);
  });
});
