import { isDeepStrictEqual } from 'node:util';
import { UserError } from '#libs/kernel';
import type { Entry } from './entry.js';
import { loadApart } from '../loads/load-apart.js';
import { readApart } from '../reading/read-observer.js';
import type { ReaderPolicy } from '../reading/reader-policy.js';
import type { Region } from './region.js';

/** An entry that was chosen to be looked at, for those who know nothing of its key and its value. */
export interface SampledEntry {
  readonly region: string;
  readonly isConfidential: boolean;
  /** The text of its key. */
  readonly text: string;
  readonly tags: readonly string[];
  /** When it was chosen. */
  readonly expiresInMs: number;
  /** This very entry is what is held, not one that has taken its place. */
  readonly isHeld: boolean;
  /** Whether the database gives what is held. Nothing that is cached takes part in the answer. */
  agreesWithDatabase(signal: AbortSignal): Promise<boolean>;
  /** It must not be served any more, nor what depends on the same; what has taken its place stays. */
  drop(): void;
}

export class ReaderSample<Key, Value> implements SampledEntry {
  constructor(
    private readonly policy: ReaderPolicy<Key, Value>,
    private readonly held: Pick<Region<Value>, 'get' | 'distrust'>,
    private readonly entry: Entry<Value>,
    private readonly key: Key,
    readonly expiresInMs: number,
  ) {}

  get region(): string {
    return this.policy.name;
  }

  get isConfidential(): boolean {
    return this.policy.isConfidential ?? false;
  }

  get text(): string {
    return this.entry.key;
  }

  get tags(): readonly string[] {
    return this.entry.tags;
  }

  get isHeld(): boolean {
    return this.held.get(this.entry.key) === this.entry;
  }

  drop(): void {
    if (this.isHeld) this.held.distrust(this.entry);
  }

  async agreesWithDatabase(signal: AbortSignal): Promise<boolean> {
    const loaded = await readApart(signal, () => this.loadAnew(signal));
    const { value } = this.entry;
    if (value === undefined || loaded === undefined) return value === loaded;
    return (this.policy.isSame ?? isDeepStrictEqual)(value, loaded);
  }

  private async loadAnew(signal: AbortSignal): Promise<Value | undefined> {
    try {
      return await loadApart(this.policy, this.key, signal);
    } catch (error) {
      // The loader has looked, and says that there is no such thing.
      if (error instanceof UserError) return undefined;
      throw error;
    }
  }
}
