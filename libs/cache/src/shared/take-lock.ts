import { newId } from '#libs/kernel';
import { checkedDurationMs, type SharedEnvironment } from './shared-environment.js';
import { SharedLock } from './shared-lock.js';
import type { SharedAddress } from './shared-store.js';

export type LockOutcome =
  | { readonly state: 'held'; readonly lock: SharedLock }
  | { readonly state: 'taken' }
  | { readonly state: 'unavailable' };

/**
 * Takes the lock of a key, as `SharedRegion.lock` says. Throws `cache.shared-duration-invalid` before anything
 * is sent.
 */
export async function takeLock(
  { store, clock, onResult }: SharedEnvironment,
  address: SharedAddress,
  leaseMs: number,
): Promise<LockOutcome> {
  const { region } = address;
  const owner = newId();
  checkedDurationMs(region, leaseMs);
  const takenAtMs = clock.monotonicMs();
  const outcome = await store.take(address, owner, leaseMs);
  onResult?.(region, 'lock', outcome.state);
  if (outcome.state !== 'held') return outcome;
  const lock = new SharedLock({
    fence: outcome.fence,
    clock,
    takenAtMs,
    leaseMs,
    extend: async (ms) => {
      const extended = await store.extend(address, owner, checkedDurationMs(region, ms));
      onResult?.(region, 'extend', extended);
      return extended;
    },
    release: async () => {
      const released = await store.release(address, owner);
      onResult?.(region, 'release', released);
      return released;
    },
  });
  return { state: 'held', lock };
}
