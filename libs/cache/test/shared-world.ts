import { z } from 'zod';
import { InMemorySharedStore, ManualClock } from '#libs/testing';
import { SharedCache } from '../src/shared/shared-cache.js';
import type { SharedRegion } from '../src/shared/shared-region.js';
import type { SharedStore } from '../src/shared/shared-store.js';

/** A shared cache as the contract suites see it. */
export interface SharedWorld {
  /** The cache of one more replica, with a connection of its own. */
  open(): SharedCache;
  /** Makes time pass where it does not by itself. */
  pass(ms: number): void;
  /** Makes the store forget everything. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export function memoryWorld(
  around: (store: SharedStore) => SharedStore = (store) => store,
): SharedWorld {
  const clock = new ManualClock();
  const memory = new InMemorySharedStore(clock);
  const store = around(memory);
  return {
    open: () => new SharedCache({ store, clock }),
    pass: (ms) => clock.advance(ms),
    empty: () => Promise.resolve(memory.empty()),
    close: () => Promise.resolve(),
  };
}

export const counterSchema = z.strictObject({ count: z.number() });
export type CounterRegion = SharedRegion<z.infer<typeof counterSchema>>;
