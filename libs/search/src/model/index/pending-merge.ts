import type { Language } from '../text/language.js';
import { LiveSegment, type FrozenSegment } from './live-segment.js';
import type { Segment } from './segment.js';

/** Segments of an index that are to become one, as they were when that was decided. What changes meanwhile is not lost. */
export class PendingMerge {
  readonly sources: readonly FrozenSegment[];

  constructor(
    private readonly merged: readonly LiveSegment[],
    /** Of the index. */
    readonly languages: readonly Language[],
  ) {
    this.sources = merged.map((live) => live.frozen());
  }

  /** How many products the segments hold. */
  get size(): number {
    return this.merged.reduce((sum, { size }) => sum + size, 0);
  }

  /** The segments of the index with `made` in the place of those that it was made of. */
  replacedIn(segments: readonly LiveSegment[], made: Segment): LiveSegment[] {
    const live = new LiveSegment(made);
    let number = 0;
    for (const [index, { alive: before }] of this.sources.entries()) {
      const { alive } = this.merged[index] as LiveSegment;
      for (let product = 0; product < before.length; product += 1) {
        if (before[product] !== 1) continue;
        if (alive[product] === 0) live.bury(number);
        number += 1;
      }
    }
    // All of them may have been emptied, and left out, meanwhile.
    const first = segments.findIndex((each) => this.merged.includes(each));
    const before = first < 0 ? segments : segments.slice(0, first);
    const after = first < 0 ? [] : segments.slice(first);
    const isKept = (each: LiveSegment): boolean => !this.merged.includes(each);
    return [...before, ...(live.size > 0 ? [live] : []), ...after.filter(isKept)];
  }
}
