import { beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '#libs/testing';
import { MAX_LOADS, ReaderWorld } from '../../../test/reader-world.js';
import { CachedReader } from '../reading/cached-reader.js';
import { observeReads, ReadObserver } from '../reading/read-observer.js';
import type { LoadContext } from './load.js';

/** Somebody who reads, and may go away. */
class Client {
  private readonly aborter = new AbortController();

  read<T>(work: () => T | Promise<T>): Promise<T> {
    const observer = new ReadObserver();
    observer.audience = () => this.aborter.signal;
    const answer = Promise.resolve(observeReads(observer, work));
    answer.catch(() => undefined);
    return answer;
  }

  leave(): void {
    this.aborter.abort(new Error('gone'));
  }
}

describe('a load whose readers go away', () => {
  let world: ReaderWorld;
  beforeEach(() => {
    world = new ReaderWorld();
  });

  /** Rows, their loads held back, and the signals that the loader was given. */
  function heldRows(overrides: { softTimeoutMs?: number; ttlMs?: number } = {}) {
    const signals: AbortSignal[] = [];
    const row = world.reader();
    const reader = new CachedReader<string, { readonly v: number }>(
      {
        name: 'held',
        key: (key) => key,
        ttlMs: 10_000,
        load: (key, context: LoadContext) => {
          signals.push(context.signal);
          return Promise.resolve(row.reader.refresh(key));
        },
        ...overrides,
      },
      world.environment,
    );
    return { ...row, inner: row.reader, reader, signals };
  }

  it('is given up, with all it waits for, when the last one is gone', async () => {
    const { reader, inner, hold, signals, loads } = heldRows();
    const pending = hold();
    const client = new Client();
    const answer = client.read(() => reader.get('a'));
    await settled();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    client.leave();
    await expect(answer).rejects.toThrow('gone');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect([reader.loadsUnderWay, inner.loadsUnderWay]).toEqual([0, 0]);
    expect(world.environment.slots).toMatchObject({ running: 0, waiting: 0 });
    pending.open();
    await settled();
    expect([reader.size, inner.size]).toEqual([0, 0]);
    expect([reader.stats.loadFailures, inner.stats.loadFailures]).toEqual([0, 0]);
    expect(await reader.get('a')).toEqual({ v: 1 });
    expect(loads()).toBe(2);
  });

  it('goes on for the other of two, and answers it', async () => {
    const { reader, hold, signals, loads } = heldRows();
    const pending = hold();
    const [first, second] = [new Client(), new Client()];
    const [lost, answer] = [first, second].map((each) => each.read(() => reader.get('a')));
    await settled();
    first.leave();
    await expect(lost).rejects.toThrow('gone');
    await settled();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    pending.open();
    expect(await answer).toEqual({ v: 1 });
    expect(loads()).toBe(1);
    second.leave();
    expect(reader.get('a')).toEqual({ v: 1 });
  });

  it('goes on when another value that somebody waits for is made of it', async () => {
    const { reader, inner, hold, loads } = heldRows();
    const pending = hold();
    const client = new Client();
    const lost = client.read(() => reader.get('a'));
    await settled();
    const answer = inner.get('a');
    await settled();
    client.leave();
    await expect(lost).rejects.toThrow('gone');
    pending.open();
    expect(await answer).toEqual({ v: 1 });
    expect(loads()).toBe(1);
  });

  it('leaves the queue before its turn has come, and its query never runs', async () => {
    const { reader, hold, loads } = world.reader();
    const gates = Array.from({ length: MAX_LOADS }, hold);
    const reads = gates.map(async (_gate, index) => reader.get(`key-${index}`));
    await settled();
    const client = new Client();
    const answer = client.read(() => reader.get('a'));
    await settled();
    expect(world.environment.slots.waiting).toBe(1);
    client.leave();
    await expect(answer).rejects.toThrow('gone');
    expect(world.environment.slots.waiting).toBe(0);
    for (const pending of gates) pending.open();
    await Promise.all(reads);
    await settled();
    expect(loads()).toBe(MAX_LOADS);
    expect(world.environment.slots).toMatchObject({ running: 0, waiting: 0 });
  });

  it('does not begin for one who was gone before', async () => {
    const { reader, loads } = world.reader();
    const client = new Client();
    client.leave();
    await expect(client.read(() => reader.get('a'))).rejects.toThrow('gone');
    expect(loads()).toBe(0);
  });

  it('answers one who is gone from memory, like everybody', async () => {
    const { reader } = world.reader();
    await reader.get('a');
    const client = new Client();
    client.leave();
    expect(await client.read(() => reader.get('a'))).toEqual({ v: 1 });
  });

  it('goes on in the background when its reader was answered with what is held', async () => {
    const { reader, rows, hold } = world.reader({ softTimeoutMs: 100, ttlMs: 1_000 });
    await reader.get('a');
    await world.scheduler.advance(1_500);
    world.follow();
    rows.set('a', { v: 2 });
    const pending = hold();
    const client = new Client();
    const answer = client.read(() => reader.get('a'));
    await settled();
    await world.scheduler.advance(200);
    expect(await answer).toEqual({ v: 1 });
    client.leave();
    pending.open();
    await settled();
    expect(reader.get('a')).toEqual({ v: 2 });
  });

  it('goes on when it was begun ahead of the expiry, whoever came to wait for it', async () => {
    const { reader, rows, hold, loads } = world.reader({ ttlMs: 10_000 });
    const first = hold();
    const filled = reader.get('a');
    await settled();
    await world.scheduler.advance(100);
    first.open();
    await filled;
    await world.scheduler.advance(9_990);
    world.follow();
    rows.set('a', { v: 2 });
    const pending = hold();
    world.random = 1e-9;
    expect(reader.get('a')).toEqual({ v: 1 });
    await settled();
    await world.scheduler.advance(2_000);
    world.follow();
    const client = new Client();
    const answer = client.read(() => reader.get('a'));
    await settled();
    client.leave();
    await Promise.allSettled([answer]);
    pending.open();
    await settled();
    expect(reader.get('a')).toEqual({ v: 2 });
    expect(loads()).toBe(2);
  });

  it('keeps the common query of several keys for those who stay', async () => {
    const asked: (readonly string[])[] = [];
    const pending = world.reader().hold();
    const { reader } = world.reader({
      loadMany: async (keys) => {
        asked.push(keys);
        await pending.opened;
        return keys.map((_key, index) => ({ v: index }));
      },
    });
    const client = new Client();
    const lost = client.read(() => reader.getMany(['a', 'b']));
    await settled();
    const answer = reader.get('b');
    await settled();
    client.leave();
    await expect(lost).rejects.toThrow('gone');
    pending.open();
    expect(await answer).toEqual({ v: 1 });
    await settled();
    expect(asked).toEqual([['a', 'b']]);
    expect(reader.size).toBe(1);
    expect(world.environment.slots.running).toBe(0);
  });
});
