import { gate, ManualClock, ManualScheduler, type Gate } from '#libs/testing';
import { ByteBudget } from '../src/core/entries/byte-budget.js';
import { CachedReader } from '../src/core/reading/cached-reader.js';
import { Coherence } from '../src/core/following/coherence.js';
import type { LoadContext } from '../src/core/loads/load.js';
import { LoadSlots } from '../src/core/loads/load-slots.js';
import type { ReaderEnvironment } from '../src/core/reading/reader-environment.js';
import type { ReaderPolicy } from '../src/core/reading/reader-policy.js';
import { TurnClock } from '../src/core/time/turn-clock.js';

export const LEASE_MS = 2_000;
export const MAX_STALE_MS = 60_000;
export const MAX_LOADS = 4;
export const LOAD_WAIT_MS = 1_000;

export interface Row {
  readonly v: number;
}

export type RowReader = CachedReader<string, Row>;

/** Readers of one process on a clock, a log and rows that a test controls. */
export class ReaderWorld {
  readonly clock = new ManualClock();
  readonly scheduler = new ManualScheduler(this.clock);
  readonly coherence = new Coherence();
  readonly turnClock = new TurnClock(this.clock, this.scheduler);
  isLogReachable = true;
  renewals = 0;
  random = 0.5;
  /** What the log says when it is followed. */
  beforeFollow: () => void = () => undefined;

  readonly environment: ReaderEnvironment & { writes: { isUnderWay: boolean } } = {
    coherence: this.coherence,
    clock: this.turnClock,
    scheduler: this.scheduler,
    lease: {
      renew: () => {
        this.renewals += 1;
        if (!this.isLogReachable) return Promise.resolve(false);
        this.beforeFollow();
        this.follow();
        return Promise.resolve(true);
      },
    },
    writes: { isUnderWay: false },
    leaseMs: LEASE_MS,
    maxStaleMs: MAX_STALE_MS,
    budget: new ByteBudget(1_000_000),
    slots: new LoadSlots(
      { maxRunning: MAX_LOADS, waitMs: LOAD_WAIT_MS },
      { clock: this.turnClock, scheduler: this.scheduler },
    ),
    random: () => this.random,
    isNotingUses: true,
  };

  constructor() {
    this.follow();
  }

  follow(): void {
    this.coherence.followed(this.clock.monotonicMs());
  }

  /** A reader over rows that the test changes; loads pass the gates put up for them, in order. */
  reader(overrides: Partial<ReaderPolicy<string, Row>> = {}) {
    const rows = new Map<string, Row>([['a', { v: 1 }]]);
    const gates: Gate[] = [];
    const failures: Error[] = [];
    let loads = 0;
    const load = async (key: string, context: LoadContext) => {
      loads += 1;
      const pending = gates.shift();
      const failure = failures.shift();
      const seen = rows.get(key);
      await pending?.opened;
      if (failure !== undefined) throw failure;
      context.tag(`late:${key}`);
      return seen === undefined ? undefined : { ...seen };
    };
    const reader: RowReader = new CachedReader(
      {
        name: 'rows',
        key: (key) => key,
        tags: (key) => [`row:${key}`],
        load,
        ttlMs: 10_000,
        ...overrides,
      },
      this.environment,
    );
    /** The next load waits at the gate that is returned. */
    const hold = (): Gate => {
      const pending = gate();
      gates.push(pending);
      return pending;
    };
    return { reader, rows, gates, failures, hold, loads: () => loads };
  }
}
