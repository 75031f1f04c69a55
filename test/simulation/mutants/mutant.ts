import type { Fault, Profile } from '../chaos/profile.js';
import type { Rule } from '../checker/violation.js';
import type { RedisHabits } from '../world/simulated-redis.js';
import type { Settings } from '../world/settings.js';

/** One mechanism of the protocol taken away: the checker must notice. */
export interface Mutant {
  readonly name: string;
  /** Changes production classes; returns what changes them back. */
  readonly install?: () => readonly (() => void)[];
  readonly settings?: Partial<Settings>;
  /** Without these it may take long until it matters. */
  readonly faults?: readonly Fault[];
  readonly profile?: Partial<Profile>;
  /** A seed that has caught it, where the first that does is far from 1: it is tried before the others. */
  readonly seed?: number;
  /** The rules that speak of what was taken away; undefined: whichever objects. */
  readonly caughtBy?: readonly Rule[];
}

/** Everything is left to the log. */
export const silentRedis: RedisHabits = {
  lossRate: 1,
  duplicateRate: 0,
  maxDelayMs: 5,
  isReordering: false,
};

/** How an index that goes on with what was is noticed. */
export const NOT_IN_STEP = [
  'C2 bounded staleness',
  'C3 no stale fill',
  'C5 read your writes',
  'C10 whole changes',
  'verification',
] as const;
