import type { Segment } from '../index/segment.js';
import { LastAsked } from './last-asked.js';
import { similarTerms, type SimilarTerm } from './similar-terms.js';

const LIMITS = { maxTexts: 1_000, maxWeight: 20_000 };

/**
 * What is like the words that were last asked for, in one segment. Its dictionary never changes, so
 * nothing of this is ever untrue; queries nobody has asked before are mostly made of words that somebody has.
 */
export class RememberedSpellings {
  private readonly known = new LastAsked<readonly SimilarTerm[]>(LIMITS, ({ length }) => length);

  constructor(private readonly segment: Pick<Segment, 'terms' | 'letters'>) {}

  /** As `similarTerms`. */
  similarTo(word: string, maxEdits: number, isBeginning: boolean): readonly SimilarTerm[] {
    const key = `${maxEdits}${isBeginning ? '*' : ' '}${word}`;
    return this.known.get(key, () => similarTerms(this.segment, word, maxEdits, isBeginning));
  }
}
