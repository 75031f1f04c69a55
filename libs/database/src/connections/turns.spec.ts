import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { settled } from '#libs/testing';
import { Turns, type EndTurn, type TurnsOptions } from './turns.js';

const LONG = 60_000;

let end: AbortController;
beforeEach(() => {
  end = new AbortController();
});
afterEach(() => end.abort());

function turns(options: Partial<TurnsOptions> = {}) {
  const line = new Turns({ places: 2, what: 'a place', ...options });
  const begun: string[] = [];
  const ends = new Map<string, EndTurn>();
  const take = (name: string, kind?: string) =>
    line.take({ waitMs: LONG, kind, signal: end.signal }).then(
      (endTurn) => {
        begun.push(name);
        ends.set(name, endTurn);
      },
      () => undefined,
    );
  const finish = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  return { line, begun, take, finish };
}

describe('turns', () => {
  it('gives as many as there are places, and the others in their order', async () => {
    const { line, begun, take, finish } = turns();
    void ['a', 'b', 'c', 'd'].map((name) => take(name));
    await settled();
    expect(begun).toEqual(['a', 'b']);
    expect(line.waiting).toBe(2);
    await finish('b');
    await finish('a');
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives a kind no more places than it may have, and lets others pass', async () => {
    const { begun, take, finish } = turns({ places: 4, placesPerKind: 2 });
    void ['a', 'b', 'c', 'd'].map((name) => take(name, 'locked'));
    void ['e', 'f', 'g'].map((name) => take(name, 'free'));
    await settled();
    expect(begun).toEqual(['a', 'b', 'e', 'f']);
    await finish('e');
    expect(begun.at(-1)).toBe('g');
    await finish('a');
    expect(begun.at(-1)).toBe('c');
  });

  it('refuses with 503 when the turn does not come in time, and keeps nothing of who has left', async () => {
    const { line, take, finish } = turns({ places: 1 });
    await take('a');
    await expect(line.take({ waitMs: 5 })).rejects.toMatchObject({
      code: 'database.busy',
      status: 503,
      retryAfterSeconds: 1,
    });
    expect(line.waiting).toBe(0);
    await finish('a');
    await take('b');
  });

  it('refuses at once when too many wait', async () => {
    const { line, take } = turns({ places: 1, maxWaiting: 1 });
    await take('a');
    void take('b');
    await settled();
    await expect(line.take({ waitMs: LONG })).rejects.toMatchObject({ code: 'database.busy' });
  });

  it('ends the wait of a caller who is gone', async () => {
    const { line, begun, take, finish } = turns({ places: 1 });
    await take('a');
    const caller = new AbortController();
    const wait = line.take({ waitMs: LONG, signal: caller.signal });
    void take('b');
    await settled();
    caller.abort(new Error('gone'));
    await expect(wait).rejects.toThrow('gone');
    await finish('a');
    expect(begun).toEqual(['a', 'b']);
    await expect(line.take({ waitMs: LONG, signal: caller.signal })).rejects.toThrow('gone');
  });

  it('ends a turn once, however often it is told so', async () => {
    const { line, begun, take } = turns({ places: 1 });
    const endTurn = await line.take({ waitMs: LONG });
    void take('a');
    void take('b');
    endTurn();
    endTurn();
    await settled();
    expect(begun).toEqual(['a']);
  });
});
