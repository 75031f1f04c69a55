import type { Dependent } from './tag-index.js';

/** Who holds an entry. */
export interface EntryOwner<Value> {
  drop(entry: Entry<Value>): void;
}

/** One cached value and what decides whether it may be served. */
export class Entry<Value> implements Dependent {
  /** Set by every hit, cleared by the eviction hand. */
  isVisited = false;
  newer: Entry<Value> | undefined;
  older: Entry<Value> | undefined;
  /** Most entries have one tag: an array for it would take an eighth of the memory of a small entry. */
  private readonly oneTagOrMore: string | readonly string[];

  constructor(
    readonly key: string,
    /** undefined is a negative result: the thing is known not to exist. */
    readonly value: Value | undefined,
    tags: readonly string[],
    /** Turn-clock milliseconds. */
    readonly expiresAtMs: number,
    /** Until then a hit need not ask whether to refresh; never after `expiresAtMs`. */
    public calmUntilMs: number,
    public bytes: number,
    /** The database was read for it until then. */
    readonly readUntilMs: number,
    private readonly owner: EntryOwner<Value>,
  ) {
    const [first] = tags;
    this.oneTagOrMore = tags.length === 1 && first !== undefined ? first : tags;
  }

  get tags(): readonly string[] {
    return typeof this.oneTagOrMore === 'string' ? [this.oneTagOrMore] : this.oneTagOrMore;
  }

  invalidated(): void {
    this.owner.drop(this);
  }
}
