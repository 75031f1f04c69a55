import type {
  ExpectedVersion,
  ExtendOutcome,
  PutOutcome,
  ReadOutcome,
  ReleaseOutcome,
  RemoveOutcome,
  SeriesMember,
  SharedAddress,
  SharedStore,
  SharedVersion,
  SharedWrite,
  TakeOutcome,
} from '#libs/cache';
import type { Clock } from '#libs/kernel';

interface Entry {
  readonly text: string;
  readonly version: SharedVersion;
  readonly expiresAtMs: number;
}

interface Lock {
  readonly owner: string;
  readonly untilMs: number;
}

/**
 * What a shared cache stands on in a test without Redis: `new SharedCache({ store, clock })`. Several
 * caches on one store are several replicas. Passes the same contract suite as the one in Redis.
 */
export class InMemorySharedStore implements SharedStore {
  /** false: everything is unavailable, as while Redis is away. */
  isAvailable = true;
  private readonly entries = new Map<string, Entry>();
  private readonly series = new Map<string, { texts: readonly string[]; expiresAtMs: number }>();
  private readonly locks = new Map<string, Lock>();
  private lastFence = 0;

  constructor(private readonly clock: Clock) {}

  /** Forgets everything, as a Redis that was emptied or replaced. */
  empty(): void {
    this.entries.clear();
    this.series.clear();
    this.locks.clear();
  }

  read(address: SharedAddress): Promise<ReadOutcome> {
    if (!this.isAvailable) return Promise.resolve({ outcome: 'unavailable' });
    const entry = this.entryAt(address);
    if (entry === undefined) return Promise.resolve({ outcome: 'absent' });
    return Promise.resolve({ outcome: 'found', text: entry.text, version: entry.version });
  }

  write(address: SharedAddress, write: SharedWrite): Promise<PutOutcome> {
    if (!this.isAvailable) return Promise.resolve({ outcome: 'unavailable' });
    const { text, version, ttlMs, expected } = write;
    const refused = this.refusalOf(address, expected);
    if (refused !== undefined) return Promise.resolve(refused);
    const expiresAtMs = this.clock.monotonicMs() + ttlMs;
    this.entries.set(idOf(address), { text, version, expiresAtMs });
    return Promise.resolve({ outcome: 'stored', version });
  }

  remove(address: SharedAddress, expected?: SharedVersion): Promise<RemoveOutcome> {
    if (!this.isAvailable) return Promise.resolve({ outcome: 'unavailable' });
    const refused = this.refusalOf(address, expected);
    if (refused !== undefined) return Promise.resolve(refused);
    this.entries.delete(idOf(address));
    this.series.delete(idOf(address));
    return Promise.resolve({ outcome: 'removed' });
  }

  readSeries(address: SharedAddress, limit: number): Promise<readonly string[] | 'unavailable'> {
    if (!this.isAvailable) return Promise.resolve('unavailable');
    const series = this.series.get(idOf(address));
    const isThere = series !== undefined && series.expiresAtMs > this.clock.monotonicMs();
    return Promise.resolve(isThere ? series.texts.slice(0, limit) : []);
  }

  writeSeries(
    address: SharedAddress,
    members: readonly SeriesMember[],
    ttlMs: number,
  ): Promise<'stored' | 'unavailable'> {
    if (!this.isAvailable) return Promise.resolve('unavailable');
    const sorted = members.toSorted(
      (one, other) => other.score - one.score || (one.text < other.text ? 1 : -1),
    );
    const expiresAtMs = this.clock.monotonicMs() + ttlMs;
    this.series.set(idOf(address), { texts: sorted.map(({ text }) => text), expiresAtMs });
    return Promise.resolve('stored');
  }

  take(address: SharedAddress, owner: string, leaseMs: number): Promise<TakeOutcome> {
    if (!this.isAvailable) return Promise.resolve({ state: 'unavailable' });
    if (this.lockAt(address) !== undefined) return Promise.resolve({ state: 'taken' });
    this.lastFence = Math.max(this.lastFence + 1, this.clock.wallMs() * 1_000);
    this.locks.set(idOf(address), { owner, untilMs: this.clock.monotonicMs() + leaseMs });
    return Promise.resolve({ state: 'held', fence: this.lastFence });
  }

  extend(address: SharedAddress, owner: string, leaseMs: number): Promise<ExtendOutcome> {
    if (!this.isAvailable) return Promise.resolve('unavailable');
    const lock = this.lockAt(address);
    if (lock?.owner !== owner) return Promise.resolve('lost');
    const untilMs = Math.max(lock.untilMs, this.clock.monotonicMs() + leaseMs);
    this.locks.set(idOf(address), { owner, untilMs });
    return Promise.resolve('extended');
  }

  release(address: SharedAddress, owner: string): Promise<ReleaseOutcome> {
    if (!this.isAvailable) return Promise.resolve('unavailable');
    if (this.lockAt(address)?.owner !== owner) return Promise.resolve('lost');
    this.locks.delete(idOf(address));
    return Promise.resolve('released');
  }

  private refusalOf(
    address: SharedAddress,
    expected: ExpectedVersion | undefined,
  ): { readonly outcome: 'stale'; readonly version?: SharedVersion } | undefined {
    const version = this.entryAt(address)?.version;
    if (expected === undefined || expected === (version ?? 'absent')) return undefined;
    return version === undefined ? { outcome: 'stale' } : { outcome: 'stale', version };
  }

  private entryAt(address: SharedAddress): Entry | undefined {
    const entry = this.entries.get(idOf(address));
    return entry !== undefined && entry.expiresAtMs > this.clock.monotonicMs() ? entry : undefined;
  }

  private lockAt(address: SharedAddress): Lock | undefined {
    const lock = this.locks.get(idOf(address));
    return lock !== undefined && lock.untilMs > this.clock.monotonicMs() ? lock : undefined;
  }
}

function idOf({ region, key }: SharedAddress): string {
  return `${region}:${key}`;
}
