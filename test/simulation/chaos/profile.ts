import type { Random } from '../engine/random.js';
import type { RedisHabits } from '../world/simulated-redis.js';

export const FAULTS = [
  'sql away',
  'sql hanging',
  'sql slow',
  'replica cut off sql',
  'redis restart',
  'subscriber killed',
  'silent partition',
  'publisher cut',
  'unknown version',
  'stranger',
  'stall',
  'restart',
  'prune',
  'restore',
  'loader broken',
  'replication paused',
] as const;
export type Fault = (typeof FAULTS)[number];

/** What a run is like. Each seed has its own mixture, so that rare combinations come up. */
export interface Profile {
  readonly replicas: number;
  readonly durationMs: number;
  readonly readEveryMs: number;
  readonly writeEveryMs: number;
  /** From one order to refresh to the next. */
  readonly orderEveryMs: number;
  /** From one shopper to the next; undefined: nobody buys anything. */
  readonly shopperEveryMs: number | undefined;
  readonly rollbackRate: number;
  /** Share of commits whose process never learns of them. */
  readonly lostCommitRate: number;
  readonly longTransactionRate: number;
  readonly slowShare: number;
  /** Loads of a replica that may run at once. */
  readonly maxLoads: number;
  readonly redis: RedisHabits;
  /** From one index that a process keeps for the next one to the next. */
  readonly keepEveryMs: number;
  /** Lag of the copy that the second half of the replicas read; undefined: one site. */
  readonly copyLagMs: number | undefined;
  /** Mean time between two faults of a kind. */
  readonly faults: ReadonlyMap<Fault, number>;
}

/** So many that none has to wait for its turn. */
export const UNCROWDED_LOADS = 64;

export function drawProfile(random: Random): Profile {
  const rate = (probability: number, max: number): number =>
    random.chance(probability) ? max * random.next() : 0;
  const copyLagMs = random.chance(0.25) ? random.skewed(20, 4_000) : undefined;
  const faults = new Map<Fault, number>();
  for (const fault of FAULTS) {
    // The records of a copy follow one history: nothing is restored under it.
    if (copyLagMs !== undefined && fault === 'restore') continue;
    if (copyLagMs === undefined && fault === 'replication paused') continue;
    if (random.chance(0.25)) faults.set(fault, random.skewed(2_000, 12_000));
  }
  return {
    replicas: copyLagMs === undefined ? random.between(2, 3) : 3,
    durationMs: random.between(5_000, 10_000),
    readEveryMs: random.skewed(40, 400),
    writeEveryMs: random.skewed(60, 2_000),
    orderEveryMs: random.skewed(200, 3_000),
    shopperEveryMs: random.chance(0.35) ? random.skewed(100, 1_500) : undefined,
    rollbackRate: rate(0.5, 0.5),
    lostCommitRate: rate(0.4, 0.4),
    longTransactionRate: rate(0.5, 0.5),
    slowShare: rate(0.3, 0.15),
    maxLoads: random.chance(0.2) ? 3 : UNCROWDED_LOADS,
    redis: {
      lossRate: random.chance(0.1) ? 1 : rate(0.5, 0.6),
      duplicateRate: rate(0.4, 0.4),
      maxDelayMs: random.chance(0.3) ? random.skewed(50, 5_000) : 5,
      isReordering: random.chance(0.4),
    },
    keepEveryMs: random.skewed(200, 6_000),
    copyLagMs,
    faults,
  };
}
