import { ASCII, MAX_PARTS, MAX_TERM_LENGTH, wordsOf } from '../text/words.js';
import { TermTable } from './term-table.js';

/**
 * The words of one text after the other as numbers of terms: the same that `wordsOf` answers, without an object for each.
 * Most texts are of plain letters, of which few chunks are more than one word; what is not is left to `wordsOf`.
 */
export class TextTerms {
  readonly table = new TermTable();
  /** Of the last text, in order. */
  readonly words: number[] = [];
  /** The other ways in which its words are written, as often as they are. */
  readonly others: number[] = [];

  /** Reads a text, up to so many words. */
  read(text: string, limit = Infinity): void {
    this.words.length = 0;
    this.others.length = 0;
    if (ASCII.test(text)) this.readAscii(text.toLowerCase(), limit);
    else this.readAny(text, limit);
  }

  private readAscii(text: string, limit: number): void {
    const { table, words, others } = this;
    let chunk = 0;
    let parts = 0;
    let start = 0;
    let isInPart = false;
    // The chunk in which the last word that counts stands is looked at whole: it may be written as one word.
    for (let at = 0; at <= text.length && (words.length < limit || parts > 0); at += 1) {
      const unit = at === text.length ? SPACE : text.charCodeAt(at);
      if (isPlain(unit)) {
        if (!isInPart) start = at;
        isInPart = true;
        continue;
      }
      if (isInPart) {
        isInPart = false;
        parts += 1;
        const end = Math.min(at, start + MAX_TERM_LENGTH);
        if (words.length < limit) words.push(table.numberOf(text, start, end));
      }
      if (!isSpace(unit)) continue;
      if (parts > 1 && parts <= MAX_PARTS) {
        const joined = text.slice(chunk, at).replace(OTHERS, '');
        others.push(table.numberOf(joined, 0, Math.min(joined.length, MAX_TERM_LENGTH)));
      }
      chunk = at + 1;
      parts = 0;
    }
  }

  private readAny(text: string, limit: number): void {
    for (const { term, others } of wordsOf(text)) {
      if (this.words.length >= limit) return;
      this.words.push(this.table.numberOf(term));
      for (const other of others) this.others.push(this.table.numberOf(other));
    }
  }
}

const SPACE = 32;
const OTHERS = /[^a-z0-9]+/g;

/** From a to z, or a digit. */
function isPlain(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
}

/** As `\s` has it. */
function isSpace(unit: number): boolean {
  return unit === SPACE || (unit >= 9 && unit <= 13);
}
