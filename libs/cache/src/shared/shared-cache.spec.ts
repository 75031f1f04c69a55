import { ChaosSharedStore } from '#libs/testing';
import { describeSharedCacheSafety } from '../../test/shared-cache-safety.contract.js';
import { describeSharedCache } from '../../test/shared-cache.contract.js';
import { describeSharedSeries } from '../../test/shared-series.contract.js';
import { memoryWorld } from '../../test/shared-world.js';

describeSharedCache('in memory', () => Promise.resolve(memoryWorld()));
describeSharedSeries('in memory', () => Promise.resolve(memoryWorld()));
describeSharedCacheSafety('in memory', () => Promise.resolve(memoryWorld()));
describeSharedCacheSafety('that fails at random', () =>
  Promise.resolve(memoryWorld((store) => new ChaosSharedStore(store, { random: seeded(42) }))),
);

/** The same sequence every time, between 0 and 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
