/** Above this many records the journal forgets the details and treats every tag as invalidated. */
const MAX_RECORDS = 20_000;

/**
 * The invalidations applied while loads were under way. A load may learn its tags only from its
 * result; the journal then tells whether, and when first, one of them was invalidated meanwhile.
 * It is empty whenever no load is under way.
 */
export class InvalidationJournal {
  private readonly sequencesByTag = new Map<string, number[]>();
  /** When everything was cleared. */
  private clears: number[] = [];
  /** Sequences in this range count as invalidations of every tag; empty when from > to. */
  private foldedFrom = 1;
  private foldedTo = 0;
  private records = 0;
  private loadsUnderWay = 0;
  private firstRecorded = 0;

  /** Records kept; 0 whenever no load is under way. */
  get size(): number {
    return this.records;
  }

  loadStarted(): void {
    this.loadsUnderWay += 1;
  }

  loadEnded(): void {
    this.loadsUnderWay -= 1;
    if (this.loadsUnderWay > 0) return;
    this.forgetDetails();
    this.foldedFrom = 1;
    this.foldedTo = 0;
  }

  record(tag: string, sequence: number): void {
    if (this.loadsUnderWay === 0) return;
    if (this.records === 0) this.firstRecorded = sequence;
    if (this.records >= MAX_RECORDS) this.fold(sequence);
    const sequences = this.sequencesByTag.get(tag);
    if (sequences === undefined) this.sequencesByTag.set(tag, [sequence]);
    else sequences.push(sequence);
    this.records += 1;
  }

  recordClear(sequence: number): void {
    if (this.loadsUnderWay === 0) return;
    if (this.records === 0) this.firstRecorded = sequence;
    this.clears.push(sequence);
    this.records += 1;
  }

  /** The first invalidation after `sequence` of any of the tags; Infinity when there was none. */
  firstAfter(sequence: number, tags: Iterable<string>): number {
    let first = firstAbove(this.clears, sequence);
    if (sequence < this.foldedTo) first = Math.min(first, Math.max(this.foldedFrom, sequence + 1));
    if (this.sequencesByTag.size === 0) return first;
    for (const tag of tags) {
      const sequences = this.sequencesByTag.get(tag);
      if (sequences !== undefined) first = Math.min(first, firstAbove(sequences, sequence));
    }
    return first;
  }

  /** The last invalidation up to `sequence` of any of the tags, as far as it is kept; 0 when there is none. */
  lastUpTo(sequence: number, tags: Iterable<string>): number {
    let last = lastUpTo(this.clears, sequence);
    if (sequence >= this.foldedFrom) last = Math.max(last, Math.min(this.foldedTo, sequence));
    if (this.sequencesByTag.size === 0) return last;
    for (const tag of tags) {
      const sequences = this.sequencesByTag.get(tag);
      if (sequences !== undefined) last = Math.max(last, lastUpTo(sequences, sequence));
    }
    return last;
  }

  /** Bounded memory: loads then under way will not be stored, which is safe. */
  private fold(sequence: number): void {
    if (this.foldedTo < this.foldedFrom) this.foldedFrom = this.firstRecorded;
    this.foldedTo = sequence;
    this.forgetDetails();
    this.firstRecorded = sequence;
  }

  private forgetDetails(): void {
    this.sequencesByTag.clear();
    this.clears = [];
    this.records = 0;
  }
}

function firstAbove(ascending: readonly number[], sequence: number): number {
  // From the end: what is asked about was read just now, while the journal may be long.
  return ascending[ascending.findLastIndex((candidate) => candidate <= sequence) + 1] ?? Infinity;
}

function lastUpTo(ascending: readonly number[], sequence: number): number {
  return ascending.findLast((candidate) => candidate <= sequence) ?? 0;
}
