import type { Clock } from '#libs/kernel';
import { cacheErrors } from '../cache.errors.js';
import type { SharedStore } from './shared-store.js';

export type SharedOperation = 'get' | 'put' | 'remove' | 'lock' | 'extend' | 'release';

/** `unfit`: something is there that this release does not understand; a miss. */
export type SharedResult =
  | 'hit'
  | 'miss'
  | 'unfit'
  | 'unavailable'
  | 'stored'
  | 'stale'
  | 'removed'
  | 'held'
  | 'taken'
  | 'extended'
  | 'released'
  | 'lost';

export interface SharedEnvironment {
  readonly store: SharedStore;
  readonly clock: Clock;
  readonly onResult?: (region: string, operation: SharedOperation, result: SharedResult) => void;
}

const MAX_DURATION_MS = 365 * 24 * 3_600_000;

/** Throws `cache.shared-duration-invalid`. */
export function checkedDurationMs(region: string, ms: number): number {
  if (Number.isSafeInteger(ms) && ms > 0 && ms <= MAX_DURATION_MS) return ms;
  throw cacheErrors.sharedDurationInvalid({
    message: `${ms} ms given to the shared region "${region}" are not a whole number of up to a year`,
    details: { region, ms },
  });
}
