import { describe, expect, it } from '@jest/globals';
import { SearchTurns } from './search-turns.js';

describe('turns of searches', () => {
  it('come one in each round of the event loop, in order', async () => {
    let rounds = 0;
    let isOver = false;
    const tick = (): void => {
      rounds += 1;
      if (!isOver) setImmediate(tick);
    };
    setImmediate(tick);
    const turns = new SearchTurns();
    const taken: (readonly [number, number])[] = [];
    await Promise.all(
      [0, 1, 2, 3].map(async (number) => {
        await turns.next();
        taken.push([number, rounds]);
      }),
    );
    isOver = true;
    expect(taken.map(([number]) => number)).toEqual([0, 1, 2, 3]);
    expect(new Set(taken.map(([, round]) => round)).size).toBe(4);
  });
});
