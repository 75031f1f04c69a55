import { cacheErrors } from '../../cache.errors.js';
import type { Entry } from '../entries/entry.js';
import type { LoadRegistry } from '../loads/load-registry.js';
import { pause } from '../time/pause.js';
import { unobserved } from './read-observer.js';
import type { ReaderEnvironment } from './reader-environment.js';
import type { ReaderPolicy, ReaderStats } from './reader-policy.js';
import { TTL_SPREAD, type Region } from '../entries/region.js';

/** Loads at the same time: no read waits for them. */
const LANES = 2;
const ROOM_POLL_MS = 50;

interface RefreshedReader<Key> {
  readonly loads: Pick<LoadRegistry<Key, unknown>, 'begin' | 'hasRoom' | 'whenOneEnds'>;
  readonly stats: Pick<ReaderStats, 'refreshes'>;
}

/**
 * Loads anew, when it is ordered, what would expire within the window of its policy and was used since
 * it was stored, unless the hand of the eviction came by since. What is held is served until the new
 * value takes its place, and until its own expiry when loading fails; nothing is dropped. The loads are
 * loads like any other: what an invalidation overtakes is not stored.
 */
export class TimedRefresh<Key, Value> {
  private readonly windowMs: number;
  private isUnderWay = false;

  /** Throws `cache.refresh-window` when the policy cannot be kept. */
  constructor(
    policy: Pick<ReaderPolicy<Key, Value>, 'name' | 'ttlMs' | 'refreshWindowMs' | 'keyOf'>,
    private readonly environment: ReaderEnvironment,
    private readonly region: Pick<Region<Value>, 'walk'>,
    private readonly reader: RefreshedReader<Key>,
    private readonly keyOf: (text: string) => Key | undefined,
  ) {
    const { name, ttlMs, refreshWindowMs, keyOf: parse } = policy;
    if (refreshWindowMs !== undefined) {
      // Within a wider window what was loaded just now would be due again.
      const fits = refreshWindowMs > 0 && refreshWindowMs < ttlMs * (1 - TTL_SPREAD);
      if (!fits || parse === undefined) {
        throw cacheErrors.refreshWindow({
          message: `"${name}" needs a keyOf and a refresh window below 90 % of its life`,
        });
      }
    }
    this.windowMs = refreshWindowMs ?? 0;
  }

  /**
   * Nothing is loaded in this step. An order that comes while one is carried out adds nothing to it:
   * the window spans several orders, so what this one leaves is due for the next.
   */
  ordered(): void {
    if (this.windowMs === 0 || this.isUnderWay) return;
    this.isUnderWay = true;
    // Not on behalf of the caller that made the order apply here.
    void unobserved(() => this.refresh()).finally(() => {
      this.isUnderWay = false;
    });
  }

  private async refresh(): Promise<void> {
    const entries = this.region.walk();
    const endMs = this.environment.clock.exactMs() + this.windowMs;
    await Promise.all(Array.from({ length: LANES }, () => this.refreshInTurn(entries, endMs)));
  }

  /** Shares the entries with others of its kind. */
  private async refreshInTurn(entries: Iterator<Entry<Value>>, endMs: number): Promise<void> {
    const { loads, stats } = this.reader;
    for (;;) {
      // A turn of the event loop before each: an embedded database answers without giving one.
      await pause(this.environment.scheduler, 0);
      while (!loads.hasRoom) {
        await pause(this.environment.scheduler, ROOM_POLL_MS);
        if (this.environment.clock.exactMs() >= endMs) return;
      }
      const entry = this.nextDue(entries);
      if (entry === undefined) return;
      const key = this.keyOf(entry.key);
      if (key === undefined || !loads.begin(key, entry.key)) continue;
      stats.refreshes += 1;
      await loads.whenOneEnds(entry.key);
    }
  }

  private nextDue(entries: Iterator<Entry<Value>>): Entry<Value> | undefined {
    const now = this.environment.clock.exactMs();
    for (;;) {
      const step = entries.next();
      if (step.done === true) return undefined;
      const { isVisited, expiresAtMs } = step.value;
      if (isVisited && expiresAtMs > now && expiresAtMs <= now + this.windowMs) return step.value;
    }
  }
}
