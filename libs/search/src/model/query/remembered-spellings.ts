import type { Segment } from '../index/segment.js';
import { similarTerms, type SimilarTerm } from './similar-terms.js';

const MAX_WORDS = 1_000;
/** Together, so that words with many like them take no more room than others. */
const MAX_TERMS = 20_000;

/**
 * What is like the words that were last asked for, in one segment. Its dictionary never changes, so
 * nothing of this is ever untrue; queries nobody has asked before are mostly made of words that somebody has.
 */
export class RememberedSpellings {
  /** Longest unasked first. */
  private readonly known = new Map<string, readonly SimilarTerm[]>();
  private held = 0;

  constructor(private readonly segment: Pick<Segment, 'terms' | 'letters'>) {}

  /** As `similarTerms`. */
  similarTo(word: string, maxEdits: number, isBeginning: boolean): readonly SimilarTerm[] {
    const key = `${maxEdits}${isBeginning ? '*' : ' '}${word}`;
    const known = this.known.get(key);
    if (known !== undefined) {
      this.known.delete(key);
      this.known.set(key, known);
      return known;
    }
    const found = similarTerms(this.segment, word, maxEdits, isBeginning);
    this.known.set(key, found);
    this.held += found.length;
    this.forget();
    return found;
  }

  private forget(): void {
    for (const [key, { length }] of this.known) {
      if (this.known.size <= MAX_WORDS && this.held <= MAX_TERMS) return;
      this.known.delete(key);
      this.held -= length;
    }
  }
}
