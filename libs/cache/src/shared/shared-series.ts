import type { SharedEnvironment, SharedOperation, SharedResult } from './shared-environment.js';
import type { SeriesMember, SharedAddress } from './shared-store.js';
import { takeLock, type LockOutcome } from './take-lock.js';

export interface SharedSeriesOptions {
  /** As that of a region, and unique among them. */
  readonly name: string;
  /** Life of a series after it was replaced. */
  readonly ttlMs: number;
  /** No more than so many members of a series are read, whatever lies there. */
  readonly maxMembers: number;
}

/**
 * Texts in the order of their scores, under keys that all replicas share: a sorted set of each key, and its
 * lock. As what a `SharedRegion` holds it is a disposable copy: it may be gone, or be another's, at any moment,
 * and every failure is `unavailable`, at once or within the command timeout of Redis.
 */
export class SharedSeries {
  constructor(
    private readonly options: SharedSeriesOptions,
    private readonly environment: SharedEnvironment,
  ) {}

  /** Highest score first, among equals the text that sorts last; none when there is no such series. */
  async latest(key: string): Promise<readonly string[] | 'unavailable'> {
    const read = await this.environment.store.readSeries(
      this.address(key),
      this.options.maxMembers,
    );
    if (read === 'unavailable') this.count('get', read);
    else this.count('get', read.length > 0 ? 'hit' : 'miss');
    return read;
  }

  /** In one step: a reader sees the old series or the new one. */
  async replace(key: string, members: readonly SeriesMember[]): Promise<'stored' | 'unavailable'> {
    const { store } = this.environment;
    const outcome = await store.writeSeries(this.address(key), members, this.options.ttlMs);
    this.count('put', outcome);
    return outcome;
  }

  /** `removed` too when nothing was there. */
  async remove(key: string): Promise<'removed' | 'unavailable'> {
    const { outcome } = await this.environment.store.remove(this.address(key));
    const isRemoved = outcome === 'removed';
    this.count('remove', isRemoved ? 'removed' : 'unavailable');
    return isRemoved ? 'removed' : 'unavailable';
  }

  /** The lock of a key, as that of a `SharedRegion`. */
  lock(key: string, { leaseMs }: { readonly leaseMs: number }): Promise<LockOutcome> {
    return takeLock(this.environment, this.address(key), leaseMs);
  }

  private address(key: string): SharedAddress {
    return { region: this.options.name, key };
  }

  private count(operation: SharedOperation, result: SharedResult): void {
    this.environment.onResult?.(this.options.name, operation, result);
  }
}
