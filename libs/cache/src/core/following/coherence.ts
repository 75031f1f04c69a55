import { InvalidationJournal } from '../loads/invalidation-journal.js';
import { TagIndex } from '../entries/tag-index.js';

/** Voids everything that is cached. */
export const EVERYTHING = '*';

const REGION = 'region:';
const REFRESH = 'refresh:';

/** Voids what one reader holds, and what was built from it, without an index of its entries. */
export function regionTag(name: string): string {
  return `${REGION}${name}`;
}

/**
 * Orders every replica to load anew what one reader holds and would soon expire. It travels as a tag,
 * so it is in the log and on the fast path like an invalidation; a replica of a release that does not
 * know such orders sees a tag that nothing carries.
 */
export function refreshTag(name: string): string {
  return `${REFRESH}${name}`;
}

/** What a reader takes part in coherence with. */
export interface Clearable {
  readonly name: string;
  /** Names of the regions whose values went into values of this one. */
  readonly builtFrom: ReadonlySet<string>;
  clear(): void;
  /** To begin what was ordered by {@link refreshTag}; nothing is done in this step. */
  refreshOrdered(): void;
}

/** Something beside the cached values that keeps up with the log, such as an index in memory. */
export interface AppliedListener {
  /**
   * Tags that are applied together: of one row of the log. It is called in the step that applies them
   * and must not throw; what it returns is voided in the same step, so that values can depend on what the
   * listener knows.
   */
  applied(tags: readonly string[]): readonly string[];
  /** It is not known what was missed. */
  cleared(): void;
}

/**
 * What all readers of a process share: the order in which invalidations were applied here, who
 * depends on which tag, and until when hits may be trusted.
 *
 * Applying is one synchronous step: when it returns, no entry and no joinable load that carried the
 * tag is left.
 */
export class Coherence {
  readonly tags = new TagIndex();
  readonly journal = new InvalidationJournal();
  private readonly clearables = new Set<Clearable>();
  private readonly listeners = new Set<AppliedListener>();
  private appliedSequence = 0;
  private followedAtMs = -Infinity;
  private clearCount = 0;

  /** Counts the invalidations applied here; the local order of loads, readers and invalidations. */
  get sequence(): number {
    return this.appliedSequence;
  }

  get clears(): number {
    return this.clearCount;
  }

  /** When the last successful follow of the log was sent; everything committed earlier is applied. */
  get followedSinceMs(): number {
    return this.followedAtMs;
  }

  followed(sentAtMs: number): void {
    this.followedAtMs = Math.max(this.followedAtMs, sentAtMs);
  }

  register(clearable: Clearable): void {
    this.clearables.add(clearable);
  }

  listen(listener: AppliedListener): void {
    this.listeners.add(listener);
  }

  apply(tags: readonly string[]): void {
    this.appliedSequence += 1;
    for (const tag of tags) {
      if (tag === EVERYTHING) this.clearAll();
      else if (tag.startsWith(REGION)) this.clearRegion(tag.slice(REGION.length));
      else if (tag.startsWith(REFRESH)) this.orderRefresh(tag.slice(REFRESH.length));
      else this.applyTag(tag);
    }
    for (const listener of this.listeners) {
      for (const tag of listener.applied(tags)) this.applyTag(tag);
    }
  }

  /** For when it is not known what was missed. */
  applyEverything(): void {
    this.appliedSequence += 1;
    this.clearAll();
  }

  private applyTag(tag: string): void {
    this.journal.record(tag, this.appliedSequence);
    this.tags.invalidate(tag, this.appliedSequence);
  }

  private clearRegion(name: string): void {
    const affected = new Set([name]);
    // A set is walked to its end, with what is added on the way.
    for (const source of affected) {
      this.journal.record(regionTag(source), this.appliedSequence);
      for (const other of this.clearables) {
        if (other.builtFrom.has(source)) affected.add(other.name);
      }
    }
    for (const clearable of this.clearables) if (affected.has(clearable.name)) clearable.clear();
  }

  /** Voids nothing. */
  private orderRefresh(name: string): void {
    for (const clearable of this.clearables) {
      if (clearable.name === name) clearable.refreshOrdered();
    }
  }

  private clearAll(): void {
    this.clearCount += 1;
    this.journal.recordClear(this.appliedSequence);
    for (const clearable of this.clearables) clearable.clear();
    for (const listener of this.listeners) listener.cleared();
  }
}
