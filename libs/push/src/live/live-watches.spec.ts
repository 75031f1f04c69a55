import { beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics } from '#libs/observability';
import { gate, ManualClock, ManualScheduler, settled } from '#libs/testing';
import { WatchedThings, WatchingConnection } from '../../test/watched-things.js';
import type { LiveWish } from './live-source.js';
import { LiveWatches, MAX_WATCHES } from './live-watches.js';

const LOOK_MS = 250;
const SWEEP_MS = 5_000;
const STUCK_MS = 10_000;

describe('LiveWatches', () => {
  let clock: ManualClock;
  let scheduler: ManualScheduler;
  let transport: { isLinked: boolean };
  let isConfirmed: boolean;
  let cutOff: string[];
  let watches: LiveWatches;
  let carts: WatchedThings;
  let client: WatchingConnection;

  beforeEach(async () => {
    clock = new ManualClock();
    scheduler = new ManualScheduler(clock);
    transport = { isLinked: true };
    isConfirmed = true;
    cutOff = [];
    watches = new LiveWatches({
      sessions: {
        whenConfirmed: (_id, send) => {
          if (isConfirmed) send();
        },
        cutOff: (id) => void cutOff.push(id),
      },
      transport,
      clock,
      scheduler,
      logger: { warn: () => undefined },
      metrics: new Metrics(),
    });
    carts = new WatchedThings('cart', true);
    carts.versions.set('1', 1);
    client = new WatchingConnection('a');
  });

  const watch = (of: WatchingConnection, ...wishes: LiveWish[]) =>
    watches.watch(of.socket, () => Promise.resolve(wishes));

  const change = (id: string, version: number): void => {
    carts.versions.set(id, version);
    watches.touch(`cart:${id}`);
  };

  it('answers with each thing as it is, and watches no more than what is there', async () => {
    const things = await watch(client, carts.wish('1'), carts.wish('2'));
    expect(things).toEqual([
      { kind: 'cart', id: '1', state: { version: 1 } },
      { kind: 'cart', id: '2', state: null },
    ]);
    change('2', 1);
    await scheduler.advance(LOOK_MS);
    expect([client.told, carts.looks]).toEqual([[], 1]);
  });

  it('tells at once, and then once for all that changes within a quarter of a second', async () => {
    await watch(client, carts.wish('1'));
    change('1', 2);
    await scheduler.advance(0);
    expect(client.told).toEqual([[{ version: 2 }]]);
    for (let version = 3; version <= 1_000; version += 1) change('1', version);
    await scheduler.advance(LOOK_MS - 1);
    expect(client.told).toHaveLength(1);
    await scheduler.advance(1);
    expect(client.told).toEqual([[{ version: 2 }], [{ version: 1_000 }]]);
    expect(carts.looks).toBe(3);
  });

  it('looks for all clients together, and tells nothing where nothing differs', async () => {
    const others = ['b', 'c', 'd'].map((id) => new WatchingConnection(id));
    for (const each of [client, ...others]) await watch(each, carts.wish('1'));
    const looked = carts.looks;
    watches.touch('cart:1');
    await scheduler.advance(LOOK_MS);
    expect(carts.looks - looked).toBe(1);
    expect([client, ...others].map(({ told }) => told)).toEqual([[], [], [], []]);
  });

  it('notes for a touch that clients were told of it, and nothing where nothing was to be told', async () => {
    await watch(client, carts.wish('1'));
    const notes: string[] = [];
    watches.touch('cart:1', () => notes.push('changed nothing'));
    await scheduler.advance(LOOK_MS);
    carts.versions.set('1', 2);
    watches.touch('cart:1', () => notes.push('changed it'));
    watches.touch('cart:1', () => notes.push('changed it again'));
    await scheduler.advance(LOOK_MS);
    carts.versions.set('1', 3);
    watches.touch('cart:1');
    await scheduler.advance(LOOK_MS);
    expect(client.told).toEqual([[{ version: 2 }], [{ version: 3 }]]);
    expect(notes).toEqual(['changed it']);
  });

  it('notes for a touch that comes while it looks, although that look saw nothing', async () => {
    await watch(client, carts.wish('1'));
    const looking = gate();
    carts.before = () => looking.opened;
    watches.touch('cart:1');
    await scheduler.advance(LOOK_MS);
    const notes: string[] = [];
    carts.versions.set('1', 2);
    watches.touch('cart:1', () => notes.push('changed it'));
    looking.open();
    await settled();
    await scheduler.advance(LOOK_MS);
    expect([client.told, notes]).toEqual([[[{ version: 2 }]], ['changed it']]);
  });

  it.each([
    ['five seconds', true, SWEEP_MS],
    ['a second while the replicas do not hear one another', false, 1_000],
  ])('finds within %s what no touch told of', async (_within, isLinked, withinMs) => {
    transport.isLinked = isLinked;
    await watch(client, carts.wish('1'));
    carts.versions.set('1', 2);
    await scheduler.advance(withinMs - 1);
    expect(client.told).toEqual([]);
    await scheduler.advance(1);
    expect(client.told).toEqual([[{ version: 2 }]]);
  });

  it('leaves to the log what the log tells of', async () => {
    const products = new WatchedThings('product', false);
    products.versions.set('1', 1);
    await watch(client, products.wish('1'));
    await scheduler.advance(2 * SWEEP_MS);
    expect(products.looks).toBe(1);
    products.versions.set('1', 2);
    watches.touchAll();
    await scheduler.advance(LOOK_MS);
    expect(client.told).toEqual([[{ version: 2 }]]);
  });

  it('says that a thing is gone, and does not watch it any more', async () => {
    await watch(client, carts.wish('1'));
    carts.versions.delete('1');
    watches.touch('cart:1');
    await scheduler.advance(LOOK_MS);
    expect(client.told).toEqual([[null]]);
    const looked = carts.looks;
    change('1', 9);
    await scheduler.advance(2 * SWEEP_MS);
    expect([client.told.length, carts.looks]).toEqual([1, looked]);
  });

  it('tells later what a connection that cannot be confirmed may not hear now', async () => {
    await watch(client, carts.wish('1'));
    isConfirmed = false;
    change('1', 2);
    await scheduler.advance(4 * LOOK_MS);
    expect(client.told).toEqual([]);
    isConfirmed = true;
    await scheduler.advance(LOOK_MS);
    expect(client.told).toEqual([[{ version: 2 }]]);
  });

  it('sends a client that does not take its messages no other one, and cuts it off', async () => {
    await watch(client, carts.wish('1'));
    client.transport.writable = false;
    change('1', 2);
    await scheduler.advance(STUCK_MS);
    expect([client.told, cutOff]).toEqual([[], []]);
    await scheduler.advance(2 * LOOK_MS);
    expect(cutOff).toContain('a');
  });

  it('forgives a client that takes its message in the end', async () => {
    await watch(client, carts.wish('1'));
    client.transport.writable = false;
    change('1', 2);
    await scheduler.advance(STUCK_MS);
    client.transport.take();
    await scheduler.advance(LOOK_MS);
    client.transport.writable = false;
    change('1', 3);
    await scheduler.advance(STUCK_MS);
    expect([client.told, cutOff]).toEqual([[[{ version: 2 }]], []]);
  });

  it('forgives a client that takes its message while there is no news of it', async () => {
    await watch(client, carts.wish('1'));
    client.transport.writable = false;
    change('1', 2);
    await scheduler.advance(0);
    carts.versions.set('1', 1);
    await scheduler.advance(LOOK_MS);
    client.transport.take();
    await scheduler.advance(6 * STUCK_MS);
    client.transport.writable = false;
    change('1', 3);
    await scheduler.advance(LOOK_MS);
    expect(cutOff).toEqual([]);
  });

  it('cuts a client off that only asks, and takes no answer', async () => {
    client.transport.writable = false;
    for (let asked = 0; asked <= STUCK_MS / 1_000; asked += 1) {
      await watch(client, carts.wish('1'));
      expect(cutOff).toEqual([]);
      await scheduler.advance(1_000);
    }
    await watch(client, carts.wish('1'));
    expect(cutOff).toContain('a');
  });

  it('tells of what changes while the answer is on its way, after it', async () => {
    const answer = gate();
    carts.before = () => answer.opened;
    const answered = watch(client, carts.wish('1'));
    await settled();
    carts.before = () => Promise.resolve();
    change('1', 2);
    await scheduler.advance(2 * LOOK_MS);
    expect(client.told).toEqual([]);
    answer.open();
    expect(await answered).toMatchObject([{ state: { version: 1 } }]);
    await scheduler.advance(LOOK_MS);
    expect(client.told).toEqual([[{ version: 2 }]]);
  });

  it('refuses what is too much, and cannot be looked at, and goes on with what it was', async () => {
    await watch(client, carts.wish('1'));
    const many = Array.from({ length: MAX_WATCHES + 1 }, () => carts.wish('1'));
    await expect(watch(client, ...many)).rejects.toMatchObject({ code: 'push.too-many-watches' });
    carts.failure = new Error('away');
    carts.versions.set('2', 1);
    await expect(watch(client, carts.wish('2'))).rejects.toThrow('away');
    carts.failure = undefined;
    change('1', 2);
    change('2', 2);
    await scheduler.advance(4 * LOOK_MS);
    expect(client.told).toEqual([[{ version: 2 }]]);
  });

  it('looks again after a failure, which keeps no other kind from being told', async () => {
    const products = new WatchedThings('product', false);
    products.versions.set('1', 1);
    await watch(client, carts.wish('1'), products.wish('1'));
    carts.failure = new Error('away');
    products.versions.set('1', 7);
    change('1', 2);
    watches.touch('product:1');
    await scheduler.advance(LOOK_MS);
    expect(client.told).toEqual([[{ version: 7 }]]);
    carts.failure = undefined;
    await scheduler.advance(1_000);
    expect(client.told).toEqual([[{ version: 7 }], [{ version: 2 }]]);
  });

  it('keeps nothing of a client that has gone, not even while it was answered', async () => {
    const answer = gate();
    carts.before = () => answer.opened;
    const answered = watch(client, carts.wish('1'));
    await settled();
    client.connected = false;
    watches.forget(client.socket);
    answer.open();
    await answered;
    carts.before = () => Promise.resolve();
    const looked = carts.looks;
    change('1', 2);
    await scheduler.advance(2 * SWEEP_MS);
    expect([carts.looks, client.told]).toEqual([looked, []]);
  });
});
