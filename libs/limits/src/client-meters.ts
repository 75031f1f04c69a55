import type { Clock } from '#libs/kernel';
import { Meter } from './meter.js';

/** What a request counts against. */
export interface Measure {
  /** Who asks, and for what kind of thing. */
  readonly key: string;
  /** Requests per window. */
  readonly quota: number;
}

/** What the fleet must hear. */
export interface Share extends Measure {
  readonly count: number;
}

export interface ClientMetersOptions {
  readonly clock: Clock;
  /** The one that has not asked for longest is forgotten first. */
  readonly maxClients: number;
}

/**
 * The meters of the clients that this replica has seen lately: decides at once, from memory of a bounded
 * size. What it has let through is told to the fleet afterwards, and it learns from the fleet what the
 * others have.
 */
export class ClientMeters {
  /** Latest last. */
  private readonly meters = new Map<string, Meter>();
  private readonly untold = new Set<string>();

  constructor(private readonly options: ClientMetersOptions) {}

  get size(): number {
    return this.meters.size;
  }

  get hasUntold(): boolean {
    return this.untold.size > 0;
  }

  /**
   * Counts a request against all of its measures and answers the last, or, when one is full, against none and
   * answers that one. What stands behind a full one is not even looked at, so it takes no memory.
   */
  take(measures: readonly Measure[]): { readonly isAdmitted: boolean; readonly meter: Meter } {
    const nowMs = this.options.clock.monotonicMs();
    let last: Meter | undefined;
    for (const measure of measures) {
      const meter = this.touch(measure, nowMs);
      if (!meter.hasRoom) return { isAdmitted: false, meter };
      last = meter;
    }
    if (last === undefined) throw new TypeError('a request counts against something');
    for (const { key } of measures) {
      this.meters.get(key)?.take();
      this.untold.add(key);
    }
    return { isAdmitted: true, meter: last };
  }

  /** What the fleet has not heard yet, at most that many; counts as told from now on. */
  tell(atMost: number): readonly Share[] {
    const shares: Share[] = [];
    for (const key of this.untold) {
      if (shares.length === atMost) break;
      this.untold.delete(key);
      const meter = this.meters.get(key);
      // Forgotten meanwhile.
      if (meter === undefined) continue;
      shares.push({ key, quota: meter.quota, count: meter.tell() });
    }
    return shares;
  }

  /** The levels of the fleet, in the order of the shares. */
  learn(shares: readonly Share[], levels: readonly number[]): void {
    const nowMs = this.options.clock.monotonicMs();
    for (const [index, { key }] of shares.entries()) {
      this.meters.get(key)?.learn(levels[index] ?? Number.NaN, nowMs);
    }
  }

  private touch({ key, quota }: Measure, nowMs: number): Meter {
    const meter = this.meters.get(key) ?? new Meter(quota, nowMs);
    this.meters.delete(key);
    this.meters.set(key, meter);
    if (this.meters.size > this.options.maxClients) this.forgetOldest();
    meter.leak(nowMs);
    return meter;
  }

  private forgetOldest(): void {
    const [oldest] = this.meters.keys();
    if (oldest === undefined) return;
    this.meters.delete(oldest);
    this.untold.delete(oldest);
  }
}
