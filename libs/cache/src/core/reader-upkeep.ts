import type { ReaderEnvironment } from './reader-environment.js';
import type { ReaderPolicy } from './reader-policy.js';
import type { Region } from './region.js';
import { ReaderSample, type SampledEntry } from './sampled-entry.js';

/** What is done with the values of one reader while nobody asks for them. */
export interface RegionUpkeep {
  /** Entries that may be sampled. */
  readonly sampleSize: number;
  /** One of the entries, each equally often in the long run; undefined when it has expired. */
  sample(): SampledEntry | undefined;
}

/** Does it with the keys that the policy gets back from their texts; nothing when it cannot. */
export class ReaderUpkeep<Key, Value> implements RegionUpkeep {
  constructor(
    private readonly policy: ReaderPolicy<Key, Value>,
    private readonly environment: ReaderEnvironment,
    private readonly region: Region<Value>,
  ) {}

  get sampleSize(): number {
    return this.policy.keyOf === undefined ? 0 : this.region.size;
  }

  sample(): SampledEntry | undefined {
    const { clock, random } = this.environment;
    const entry = this.region.sample(random);
    if (entry === undefined) return undefined;
    const expiresInMs = entry.expiresAtMs - clock.exactMs();
    const key = this.keyOf(entry.key);
    if (key === undefined || expiresInMs <= 0) return undefined;
    return new ReaderSample(this.policy, this.region, entry, key, expiresInMs);
  }

  /** undefined for what is not the text of a key of this reader. */
  private keyOf(text: string): Key | undefined {
    try {
      const key = this.policy.keyOf?.(text);
      return key === undefined || this.policy.key(key) !== text ? undefined : key;
    } catch {
      return undefined; // A text of another release may be anything.
    }
  }
}
