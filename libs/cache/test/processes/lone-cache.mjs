// The cache of one process of dist/, alone: no log, no backplane, and a lease that never ends.
import { systemClock } from '#libs/kernel';
import { composeCache, systemScheduler } from '#libs/cache';

const nothing = () => undefined;
const uncounted = { inc: nothing };

export function composeLoneCache() {
  const composed = composeCache(
    {
      replicaId: 'alone',
      clock: systemClock,
      scheduler: systemScheduler,
      random: Math.random,
      log: {
        readAfter: (position) => Promise.resolve({ records: [], prunedTo: 0, last: position }),
        settledPosition: () => Promise.resolve(0),
      },
      backplane: { state: 'connected', start: nothing, stop: nothing, publish: nothing },
      seal: { seal: String, open: nothing },
      writes: { isUnderWay: false, onCommit: () => nothing },
      logger: { info: nothing, warn: nothing },
      counters: {
        received: uncounted,
        unknownMessages: uncounted,
        ignoredMessages: uncounted,
        backplaneSilences: uncounted,
      },
    },
    {
      followIntervalMs: Infinity,
      followTimeoutMs: 1_000,
      holeGiveUpMs: 1_000,
      positionWaitMs: 1_000,
      leaseMs: Infinity,
      maxStaleMs: 60_000,
      maxBytes: 1e9,
    },
  );
  composed.coherence.followed(Infinity);
  return composed.cache;
}
