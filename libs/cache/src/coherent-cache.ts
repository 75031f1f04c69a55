import { Injectable } from '@nestjs/common';
import { cacheErrors } from './cache.errors.js';
import { CachedReader, type ReaderEnvironment } from './core/cached-reader.js';
import { EVERYTHING } from './core/coherence.js';
import type { ReaderPolicy, ReaderStats } from './core/reader-policy.js';

export interface ReaderState extends ReaderStats {
  readonly name: string;
  readonly entries: number;
  readonly bytes: number;
}

/** The cached readers of this replica. Domain libraries ask it for a reader, once, when they start. */
@Injectable()
export class CoherentCache {
  private readonly readers = new Map<string, CachedReader<never, unknown>>();

  constructor(private readonly environment: ReaderEnvironment) {}

  /** Declares how one kind of value is read through the cache. Throws when the name is taken. */
  reader<Key, Value>(policy: ReaderPolicy<Key, Value>): CachedReader<Key, Value> {
    if (this.readers.has(policy.name)) {
      throw cacheErrors.readerExists({ message: `a reader "${policy.name}" exists already` });
    }
    const reader = new CachedReader<Key, Value>(policy, this.environment);
    this.readers.set(policy.name, reader as CachedReader<never, unknown>);
    return reader;
  }

  /** Drops everything on this replica only; other replicas keep what they hold. */
  clearLocal(): void {
    this.environment.coherence.apply([EVERYTHING]);
  }

  readerStates(): ReaderState[] {
    return [...this.readers.values()].map((reader) => ({
      name: reader.name,
      entries: reader.size,
      bytes: reader.bytes,
      ...reader.stats,
    }));
  }
}
