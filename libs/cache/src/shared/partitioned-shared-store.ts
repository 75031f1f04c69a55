import { sharedPartition } from '#libs/redis';
import type { RedisSharedStore } from './redis-shared-store.js';
import type { SharedAddress, SharedStore } from './shared-store.js';

type Asked<Name extends keyof SharedStore> = Parameters<SharedStore[Name]>;

/**
 * The shared cache in parts, each with a connection and a circuit of its own: while the node of a cluster that has one is
 * away, the others go on. Where there is one server there is one part.
 */
export class PartitionedSharedStore implements SharedStore {
  /** By the number of the part. */
  constructor(private readonly parts: readonly RedisSharedStore[]) {}

  /** Of any part. */
  get isCircuitOpen(): boolean {
    return this.parts.some(({ isCircuitOpen }) => isCircuitOpen);
  }

  /** Asks Redis nothing any more; everything is unavailable. */
  stop(): void {
    for (const part of this.parts) part.stop();
  }

  read(...args: Asked<'read'>): ReturnType<SharedStore['read']> {
    return this.partOf(args[0]).read(...args);
  }

  write(...args: Asked<'write'>): ReturnType<SharedStore['write']> {
    return this.partOf(args[0]).write(...args);
  }

  remove(...args: Asked<'remove'>): ReturnType<SharedStore['remove']> {
    return this.partOf(args[0]).remove(...args);
  }

  readSeries(...args: Asked<'readSeries'>): ReturnType<SharedStore['readSeries']> {
    return this.partOf(args[0]).readSeries(...args);
  }

  writeSeries(...args: Asked<'writeSeries'>): ReturnType<SharedStore['writeSeries']> {
    return this.partOf(args[0]).writeSeries(...args);
  }

  take(...args: Asked<'take'>): ReturnType<SharedStore['take']> {
    return this.partOf(args[0]).take(...args);
  }

  extend(...args: Asked<'extend'>): ReturnType<SharedStore['extend']> {
    return this.partOf(args[0]).extend(...args);
  }

  release(...args: Asked<'release'>): ReturnType<SharedStore['release']> {
    return this.partOf(args[0]).release(...args);
  }

  private partOf({ region, key }: SharedAddress): RedisSharedStore {
    const part = this.parts[sharedPartition(region, key) % this.parts.length];
    if (part === undefined) throw new RangeError('a shared store without parts');
    return part;
  }
}
