import type { InvalidationJournal } from '../loads/invalidation-journal.js';
import type { LoadOutcome } from '../loads/load.js';

/** Something that was read, and when it was true. */
export interface ReadMoment {
  readonly tags: readonly string[];
  /** Of the invalidations applied here: with all up to this one, and none beyond, it was true. */
  readonly sequence: number;
  /**
   * Everything in it had been applied by then. Otherwise it may show a change of which this replica learns
   * later, so it was true only if none of its tags is invalidated until the log has been followed.
   */
  readonly isSettled: boolean;
}

/** When the parts of an answer were true. Of no use without a journal that was kept meanwhile. */
export class ReadMoments {
  private readonly all: (ReadMoment & { readonly tags: string[] })[] = [];
  /** Of a part it is not known: something was changed while it was read. */
  private isUnknown = false;

  /** What was true at one and the same moment is one part, however many things were read. */
  note({ tags, sequence, isSettled }: ReadMoment): void {
    const last = this.all.at(-1);
    if (last?.sequence === sequence && last.isSettled === isSettled) last.tags.push(...tags);
    else this.all.push({ tags: [...tags], sequence, isSettled });
  }

  noteUnknown(): void {
    this.isUnknown = true;
  }

  noteOutcome(outcome: LoadOutcome<unknown>): void {
    const { tags, endedAt, isSettled, moments, invalidatedAt } = outcome;
    if (invalidatedAt === Infinity) this.note({ tags, sequence: endedAt, isSettled });
    else if (moments === undefined) this.noteUnknown();
    else this.addAll(moments);
  }

  addAll(others: ReadMoments): void {
    for (const moment of others.all) this.note(moment);
    this.isUnknown ||= others.isUnknown;
  }

  /**
   * Whether there is a moment at which all of it was true. The log must have been followed after the last
   * part was read, and this must be asked in the step in which that is known.
   */
  areOne(journal: InvalidationJournal): boolean {
    if (this.isUnknown) return false;
    let from = 0;
    let to = Infinity;
    for (const { tags, sequence, isSettled } of this.all) {
      const voided = journal.firstAfter(sequence, tags);
      if (voided !== Infinity && !isSettled) return false;
      to = Math.min(to, voided);
      from = Math.max(from, journal.lastUpTo(sequence, tags));
      if (from >= to) return false;
    }
    return true;
  }
}
