import type { ByteBudget } from '../entries/byte-budget.js';
import type { Coherence } from '../following/coherence.js';
import type { LoadSlots } from '../loads/load-slots.js';
import type { Scheduler } from '../time/scheduler.js';
import type { TurnClock } from '../time/turn-clock.js';

/** Confirms that everything committed until recently was applied here. */
export interface LeaseKeeper {
  /** Resolves with false when the log could not be followed (the database is away). */
  renew(maxAgeMs: number): Promise<boolean>;
}

/** Tells whether the caller is inside a unit of work, whose own writes no cached value shows. */
export interface WriteScope {
  /** True for code that was called, however deep, by a unit of work under way. */
  readonly isUnderWay: boolean;
}

/** What all readers of a process share. */
export interface ReaderEnvironment {
  readonly coherence: Coherence;
  readonly clock: TurnClock;
  readonly scheduler: Scheduler;
  readonly lease: LeaseKeeper;
  readonly writes: WriteScope;
  readonly leaseMs: number;
  readonly maxStaleMs: number;
  /** For readers that say nothing about it; undefined: readers wait for the load. */
  readonly softTimeoutMs?: number | undefined;
  readonly budget: ByteBudget;
  readonly slots: LoadSlots;
  readonly random: () => number;
  /** Which keys are used is noted, for replicas that start later. */
  readonly isNotingUses: boolean;
}
