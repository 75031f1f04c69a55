import type { Language } from '../text/language.js';
import { GrowingNumbers } from './growing-numbers.js';
import type { TermTable } from './term-table.js';

/** Which terms of a table are stop words; of each term a string is made once for a language. */
export class StopTerms {
  /** What is known of each term, by the code of the language. */
  private readonly known = new Map<string, GrowingNumbers>();

  constructor(private readonly table: TermTable) {}

  /** The terms without stop words, unless there is nothing else. */
  without(terms: readonly number[], language: Language): readonly number[] {
    const telling = terms.filter((term) => !this.isStopWord(term, language));
    return telling.length > 0 ? telling : terms;
  }

  private isStopWord(term: number, { code, stopWords }: Language): boolean {
    let known = this.known.get(code);
    if (known === undefined) {
      known = new GrowingNumbers();
      this.known.set(code, known);
    }
    while (known.length <= term) known.push(UNKNOWN);
    if (known.at(term) === UNKNOWN) {
      known.set(term, stopWords.has(this.table.at(term)) ? STOP_WORD : TELLING);
    }
    return known.at(term) === STOP_WORD;
  }
}

const UNKNOWN = 0;
const TELLING = 1;
const STOP_WORD = 2;
