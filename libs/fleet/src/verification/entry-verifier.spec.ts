import { beforeEach, describe, expect, it } from '@jest/globals';
import { UserError } from '#libs/kernel';
import { settled } from '#libs/testing';
import { ReaderWorld } from '../../../cache/test/reader-world.js';
import { CachedReader } from '../../../cache/src/core/reading/cached-reader.js';
import type { RegionUpkeep } from '../../../cache/src/core/reading/reader-upkeep.js';
import { EntryVerifier } from './entry-verifier.js';

describe('the verification of an entry', () => {
  let world: ReaderWorld;
  let verifier: EntryVerifier;
  let follows: number;
  /** What the log brings when it is followed. */
  let news: () => void;

  beforeEach(() => {
    world = new ReaderWorld();
    follows = 0;
    news = () => undefined;
    const follower = {
      followNow: async () => {
        follows += 1;
        news();
      },
    };
    verifier = new EntryVerifier(follower, {
      clock: world.turnClock,
      scheduler: world.scheduler,
    });
  });

  const readerOfRows = () => world.reader({ keyOf: (text) => text });

  const verify = ({ upkeep }: { readonly upkeep: RegionUpkeep }, stop?: AbortSignal) => {
    const entry = upkeep.sample();
    if (entry === undefined) throw new Error('nothing is held');
    return verifier.verify(entry, stop);
  };

  it('finds what is held to be the same, without following the log', async () => {
    const { reader } = readerOfRows();
    await reader.get('a');
    expect(await verify(reader)).toBe('same');
    expect(follows).toBe(0);
  });

  it('finds a change that nobody announced, also when it was deleted or came into being', async () => {
    for (const change of [{ v: 2 }, undefined]) {
      const { reader, rows } = readerOfRows();
      await reader.get('a');
      if (change === undefined) rows.delete('a');
      else rows.set('a', change);
      expect(await verify(reader)).toBe('different');
    }
    const { reader, rows } = readerOfRows();
    await reader.get('new');
    rows.set('new', { v: 1 });
    expect(await verify(reader)).toBe('different');
  });

  it('finds it through values that are cached themselves', async () => {
    const { reader, rows } = readerOfRows();
    const outer = new CachedReader<string, { readonly inner: unknown }>(
      {
        name: 'outer',
        key: (key) => key,
        keyOf: (text) => text,
        ttlMs: 10_000,
        load: async (key) => ({ inner: await reader.get(key) }),
      },
      world.environment,
    );
    await outer.get('a');
    expect(await verify(outer)).toBe('same');
    rows.set('a', { v: 2 });
    expect(await verify(outer)).toBe('different');
  });

  it('is overtaken by a change that the log brings after the first look, or after the second', async () => {
    for (const isHeardAt of [1, 2]) {
      follows = 0;
      const { reader, rows } = readerOfRows();
      await reader.get('a');
      rows.set('a', { v: 2 });
      news = () => {
        if (follows === isHeardAt) world.coherence.apply(['row:a']);
      };
      expect(await verify(reader)).toBe('overtaken');
      expect(follows).toBe(isHeardAt);
    }
  });

  it('is overtaken when another entry has taken the place', async () => {
    const { reader, rows, hold } = readerOfRows();
    await reader.get('a');
    rows.set('a', { v: 2 });
    const pending = hold();
    const verified = verify(reader);
    await settled();
    world.coherence.apply(['row:a']);
    expect(await reader.get('a')).toEqual({ v: 2 });
    pending.open();
    expect(await verified).toBe('overtaken');
    expect(follows).toBe(0);
  });

  it('does not count a difference that the second look does not find', async () => {
    const { reader, rows } = readerOfRows();
    await reader.get('a');
    rows.set('a', { v: 2 });
    news = () => rows.set('a', { v: 1 });
    expect(await verify(reader)).toBe('overtaken');
  });

  it('takes the word of the policy for what is the same', async () => {
    const { reader, rows } = world.reader({ keyOf: (text) => text, isSame: () => true });
    await reader.get('a');
    rows.set('a', { v: 2 });
    expect(await verify(reader)).toBe('same');
    rows.delete('a');
    expect(await verify(reader)).toBe('different');
  });

  it('takes the refusal of a loader for the answer that there is nothing', async () => {
    const { reader, failures } = readerOfRows();
    await reader.get('a');
    const refusal = () =>
      new UserError({ code: 'test.none', family: 'user', status: 404, title: 'none' });
    failures.push(refusal(), refusal());
    expect(await verify(reader)).toBe('different');
  });

  it('fails when the database or the log cannot be asked', async () => {
    const { reader, rows, failures } = readerOfRows();
    await reader.get('a');
    failures.push(new Error('away'));
    expect(await verify(reader)).toBe('failed');
    rows.set('a', { v: 2 });
    news = () => {
      throw new Error('away');
    };
    expect(await verify(reader)).toBe('failed');
  });

  it('waits no longer than a load may take, nor when it is told to stop', async () => {
    const { reader, hold } = world.reader({ keyOf: (text) => text, ttlMs: 60_000 });
    await reader.get('a');
    const pending = [hold(), hold()];
    const slow = verify(reader);
    await settled();
    await world.scheduler.advance(10_000);
    expect(await slow).toBe('failed');
    const stop = new AbortController();
    const stopped = verify(reader, stop.signal);
    await settled();
    stop.abort();
    expect(await stopped).toBe('failed');
    for (const each of pending) each.open();
  });
});
