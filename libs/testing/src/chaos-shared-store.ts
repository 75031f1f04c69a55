import type {
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

export interface ChaosOptions {
  readonly random: () => number;
  /** How many of the operations are struck; half of these are carried out all the same. Default: 0.4. */
  readonly share?: number;
}

/** A shared store of which an operation may be unavailable at any moment: not done, or done and not told. */
export class ChaosSharedStore implements SharedStore {
  constructor(
    private readonly store: SharedStore,
    private readonly options: ChaosOptions,
  ) {}

  read(address: SharedAddress): Promise<ReadOutcome> {
    return this.strike(() => this.store.read(address), { outcome: 'unavailable' });
  }

  write(address: SharedAddress, write: SharedWrite): Promise<PutOutcome> {
    return this.strike(() => this.store.write(address, write), { outcome: 'unavailable' });
  }

  remove(address: SharedAddress, expected?: SharedVersion): Promise<RemoveOutcome> {
    return this.strike(() => this.store.remove(address, expected), { outcome: 'unavailable' });
  }

  readSeries(address: SharedAddress, limit: number): Promise<readonly string[] | 'unavailable'> {
    return this.strike(() => this.store.readSeries(address, limit), 'unavailable' as const);
  }

  writeSeries(
    address: SharedAddress,
    members: readonly SeriesMember[],
    ttlMs: number,
  ): Promise<'stored' | 'unavailable'> {
    return this.strike(
      () => this.store.writeSeries(address, members, ttlMs),
      'unavailable' as const,
    );
  }

  take(address: SharedAddress, owner: string, leaseMs: number): Promise<TakeOutcome> {
    return this.strike(() => this.store.take(address, owner, leaseMs), { state: 'unavailable' });
  }

  extend(address: SharedAddress, owner: string, leaseMs: number): Promise<ExtendOutcome> {
    return this.strike(() => this.store.extend(address, owner, leaseMs), 'unavailable');
  }

  release(address: SharedAddress, owner: string): Promise<ReleaseOutcome> {
    return this.strike(() => this.store.release(address, owner), 'unavailable');
  }

  private async strike<T>(operation: () => Promise<T>, unavailable: T): Promise<T> {
    const { random, share = 0.4 } = this.options;
    const luck = random();
    if (luck < share / 2) return unavailable;
    const outcome = await operation();
    return luck < share ? unavailable : outcome;
  }
}
