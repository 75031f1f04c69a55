import type { MaybePromise } from '#libs/kernel';
import type { ReaderEnvironment } from './reader-environment.js';
import type { LoadRegistry } from '../loads/load-registry.js';
import { observeReads, ReadObserver } from './read-observer.js';
import type { ReaderPolicy, ReaderStats } from './reader-policy.js';
import type { Region } from '../entries/region.js';
import { ReaderSample, type SampledEntry } from '../entries/sampled-entry.js';
import { TimedRefresh } from './timed-refresh.js';
import { UseNotes } from '../entries/use-notes.js';
import type { UseTable } from '../entries/use-table.js';

/** What is done with the values of one reader while no request asks for them. */
export interface RegionUpkeep {
  /** Entries that may be sampled. */
  readonly sampleSize: number;
  /** Which keys are used; undefined when they are confidential, or of no use to another replica. */
  readonly uses: UseTable | undefined;
  /** One of the entries, each equally often in the long run; undefined when it has expired. */
  sample(): SampledEntry | undefined;
  /**
   * Loads what has this text, unless it is held. Resolves with false when the text is none of a key
   * whose uses are noted; rejects when loading fails.
   */
  warm(text: string): Promise<boolean>;
}

/** What of a reader it is done through. */
export interface UpkeptReader<Key, Value> {
  readonly read: (key: Key) => MaybePromise<Value | undefined>;
  readonly loads: LoadRegistry<Key, Value>;
  readonly stats: ReaderStats;
}

/** Does it with the keys that the policy gets back from their texts; nothing when it cannot. */
export class ReaderUpkeep<Key, Value> implements RegionUpkeep {
  readonly notes: UseNotes;
  private readonly timedRefresh: TimedRefresh<Key, Value>;

  constructor(
    private readonly policy: ReaderPolicy<Key, Value>,
    private readonly environment: ReaderEnvironment,
    private readonly region: Region<Value>,
    private readonly reader: UpkeptReader<Key, Value>,
  ) {
    const { random, isNotingUses } = environment;
    const isSecret = policy.isConfidential ?? false;
    this.notes = new UseNotes(isNotingUses && !isSecret && policy.keyOf !== undefined, random);
    this.timedRefresh = new TimedRefresh(policy, environment, region, reader, (text) =>
      this.keyOf(text),
    );
  }

  get sampleSize(): number {
    return this.policy.keyOf === undefined ? 0 : this.region.size;
  }

  get uses(): UseTable | undefined {
    return this.notes.table;
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

  async warm(text: string): Promise<boolean> {
    const key = this.uses === undefined ? undefined : this.keyOf(text);
    if (key === undefined) return false;
    const observer = new ReadObserver();
    observer.isAhead = true;
    await observeReads(observer, () => this.reader.read(key));
    return true;
  }

  refreshOrdered(): void {
    this.timedRefresh.ordered();
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
