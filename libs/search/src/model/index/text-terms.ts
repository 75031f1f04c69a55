import { ASCII, MAX_TERM_LENGTH, wordsOf } from '../text/words.js';
import { TermTable } from './term-table.js';

/**
 * The words of one text after the other as numbers of terms: the same that `wordsOf` answers, without an object for each.
 * Most chunks of most texts are one plain word, with nothing but punctuation beside it; what is not is left to `wordsOf`.
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
    let chunk = 0;
    let parts = 0;
    let start = 0;
    let end = 0;
    let isInPart = false;
    for (let at = 0; at <= text.length && this.words.length < limit; at += 1) {
      const unit = at === text.length ? SPACE : text.charCodeAt(at);
      if (isPlain(unit)) {
        if (!isInPart) {
          parts += 1;
          start = at;
        }
        isInPart = true;
        end = at + 1;
        continue;
      }
      isInPart = false;
      if (!isSpace(unit)) continue;
      if (parts === 1) {
        this.words.push(this.table.numberOf(text, start, Math.min(end, start + MAX_TERM_LENGTH)));
      } else if (parts > 1) this.readAny(text.slice(chunk, at), limit);
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

/** From a to z, or a digit. */
function isPlain(unit: number): boolean {
  return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57);
}

/** As `\s` has it. */
function isSpace(unit: number): boolean {
  return unit === SPACE || (unit >= 9 && unit <= 13);
}
