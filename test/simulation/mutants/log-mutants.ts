import { AnnouncedPositions } from '../../../libs/cache/src/core/following/announced-positions.js';
import { AppliedLog } from '../../../libs/cache/src/core/following/applied-log.js';
import type { Coherence } from '../../../libs/cache/src/core/following/coherence.js';
import { Follower } from '../../../libs/cache/src/core/following/follower.js';
import type { Invalidation } from '../../../libs/cache/src/core/publishing/wire.js';
import type { LogExcerpt } from '../../../libs/cache/src/core/following/log-source.js';
import { PositionLedger } from '../../../libs/cache/src/core/following/position-ledger.js';
import type { TurnClock } from '../../../libs/cache/src/core/time/turn-clock.js';
import { SimulatedLogSource } from '../world/simulated-log-source.js';
import { SqlServer } from '../world/sql-server.js';
import { methodOf, nothing, replaceMethod } from './replace-method.js';
import { silentRedis, type Mutant } from './mutant.js';

/** Following the log, the lease and the position token: C2 and C5. */
export const logMutants: readonly Mutant[] = [
  {
    name: 'the watermark jumps over a hole',
    install: () => [
      replaceMethod(PositionLedger, 'add', (ledger) => (position) => {
        ledger.mark = Math.max(ledger.mark as number, position as number);
      }),
    ],
  },
  { name: 'a hole is given up too early', settings: { holeGiveUpMs: 0 } },
  {
    name: 'the position token is ignored',
    install: () => [replaceMethod(Follower, 'ensurePosition', () => () => Promise.resolve())],
  },
  {
    name: 'the follower stops after an error',
    install: () => [
      replaceMethod(Follower, 'scheduleNext', (follower, original) => (afterMs) => {
        if (follower.isHealthy === true) original(afterMs);
      }),
    ],
    faults: ['sql away'],
  },
  {
    name: 'a failed follow renews the lease',
    install: () => [
      replaceMethod(Follower, 'renew', (follower, original) => async (maxAgeMs) => {
        if ((await original(maxAgeMs)) === true) return true;
        const clock = follower.clock as TurnClock;
        (follower.coherence as Coherence).followed(clock.exactMs());
        return true;
      }),
    ],
    faults: ['replica cut off sql'],
  },
  {
    name: 'the lease counts from when the answer came',
    install: () => [
      replaceMethod(AppliedLog, 'catchUp', (log, original) => async (...parameters) => {
        await original(...parameters);
        (log.coherence as Coherence).followed((log.clock as TurnClock).exactMs());
      }),
    ],
    faults: ['stall', 'sql slow'],
    profile: { readEveryMs: 40, writeEveryMs: 150, redis: silentRedis },
  },
  { name: 'the lease is never looked at', settings: { leaseMs: Infinity }, faults: ['stall'] },
  {
    name: 'pub/sub alone: a reconnect follows nothing, and there is no lease',
    settings: { leaseMs: Infinity },
    install: () => [
      replaceMethod(Follower, 'scheduleNext', (_follower, original) => (afterMs) => {
        if (afterMs === 0) original(afterMs);
      }),
      replaceMethod(Follower, 'nudge', nothing),
    ],
    faults: ['subscriber killed'],
  },
  {
    name: 'pruning past the replica is not noticed',
    seed: 36,
    install: () => [
      replaceMethod(SimulatedLogSource, 'readAfter', (_source, original) => async (...range) => {
        const excerpt = (await original(...range)) as LogExcerpt;
        return { ...excerpt, prunedTo: 0 };
      }),
    ],
    faults: ['prune', 'replica cut off sql'],
    // Short transactions, so that the log can be pruned soon.
    settings: { ttlMs: 30_000, maxTransactionMs: 200, holeGiveUpMs: 400, settleMs: 1_400 },
    profile: { redis: silentRedis },
  },
  {
    name: 'announcements move the watermark',
    install: () => [
      replaceMethod(AppliedLog, 'announced', (log, original) => (invalidation) => {
        original(invalidation);
        methodOf(log, 'confirm')((invalidation as Invalidation).position);
      }),
    ],
    faults: ['stranger'],
    profile: { copyLagMs: undefined },
  },
  {
    name: 'a row is taken for announced, whatever was announced',
    install: () => [
      replaceMethod(AnnouncedPositions, 'covers', (known) => (invalidation) => {
        const { position } = invalidation as Invalidation;
        return (known.announced as ReadonlyMap<number, unknown>).has(position);
      }),
    ],
    faults: ['stranger'],
    profile: { copyLagMs: undefined },
  },
  {
    name: 'a row is taken for announced when its tags were, whenever it was committed',
    install: () => [
      replaceMethod(AnnouncedPositions, 'covers', (known, original) => (invalidation) => {
        const row = invalidation as Invalidation;
        const announced = known.announced as ReadonlyMap<number, { invalidation: Invalidation }>;
        const committedAt = announced.get(row.position)?.invalidation.committedAt;
        return original({ ...row, committedAt });
      }),
    ],
    faults: ['stranger'],
    profile: { copyLagMs: undefined },
  },
  {
    name: 'a restored database is not voided',
    install: () => [replaceMethod(SqlServer, 'voidEverything', nothing)],
    faults: ['restore'],
    profile: { copyLagMs: undefined },
  },
  {
    name: 'on a copy, an announcement counts as applied',
    install: () => [
      replaceMethod(AppliedLog, 'announced', (log) => (invalidation) => {
        methodOf(log, 'read')(invalidation);
      }),
    ],
    profile: { copyLagMs: 300, replicas: 3 },
  },
  {
    name: 'on a copy, a hole is given up although the copy may be behind',
    install: () => [
      replaceMethod(AppliedLog, 'settledOnCopy', (log) => () => Promise.resolve(log.lastSeen)),
    ],
    profile: { copyLagMs: 300, replicas: 3 },
  },
];
