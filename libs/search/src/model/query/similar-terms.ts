import type { Segment } from '../index/segment.js';
import { lacksAtMost, lettersOf, TERMS_PER_BLOCK } from '../index/term-letters.js';

export interface SimilarTerm {
  readonly term: number;
  readonly edits: number;
}

const ONE_EDIT_FROM = 4;
const TWO_EDITS_FROM = 8;

/** How many typing errors a word may have: none in short ones and in numbers, where each tells something else. */
export function allowedEdits(word: string): number {
  if (/\p{N}/u.test(word)) return 0;
  const length = [...word].length;
  if (length < ONE_EDIT_FROM) return 0;
  return length < TWO_EDITS_FROM ? 1 : 2;
}

/**
 * The terms of an ascending dictionary that differ from a word in at most so many edits: a character
 * more, less, another, or two neighbours exchanged. With `isBeginning` a term counts when it begins
 * with something like the word.
 *
 * Most terms are passed over for the letters they lack. The others are walked like a tree: those with the same
 * beginning share their rows of the matrix, and a beginning that differs too much is followed no further.
 */
export function similarTerms(
  { terms, letters }: Pick<Segment, 'terms' | 'letters'>,
  word: string,
  maxEdits: number,
  isBeginning: boolean,
): SimilarTerm[] {
  const wanted = lettersOf(word);
  const matrix = new EditMatrix(word);
  const found: SimilarTerm[] = [];
  const { units, offsets } = terms;
  const { ofTerms, ofBlocks } = letters;
  const least = word.length - maxEdits;
  const most = isBeginning ? Infinity : word.length + maxEdits;
  for (let block = 0; block < ofBlocks.length; block += 1) {
    if (!lacksAtMost(maxEdits, wanted, ofBlocks[block] as number)) continue;
    const end = Math.min(terms.length, (block + 1) * TERMS_PER_BLOCK);
    for (let term = block * TERMS_PER_BLOCK; term < end; term += 1) {
      const own = ofTerms[term] as number;
      if (!lacksAtMost(maxEdits, wanted, own)) continue;
      if (!isBeginning && !lacksAtMost(maxEdits, own, wanted)) continue;
      const start = offsets[term] as number;
      const length = (offsets[term + 1] as number) - start;
      if (length < least || length > most) continue;
      matrix.rewind(units, start, length);
      while (matrix.depth < length && matrix.least <= maxEdits) {
        matrix.push(units[start + matrix.depth] as number);
      }
      const isLeft = matrix.least > maxEdits;
      const edits = isBeginning ? matrix.bestOfBeginnings : isLeft ? Infinity : matrix.edits;
      if (edits <= maxEdits) found.push({ term, edits });
    }
  }
  return found;
}

const MAX_LENGTH = 64;

/**
 * The matrix of edits between the beginnings of a term and those of a word, one row for each character of
 * the term. Rows that the next term shares with the last one stay.
 */
class EditMatrix {
  /** Characters of the term that have a row. */
  depth = 0;
  private readonly width: number;
  private readonly wanted: Uint16Array;
  private readonly rows: Uint8Array;
  private readonly term = new Uint16Array(MAX_LENGTH);
  /** By depth: the least number of the row and the one before: neighbours exchanged reach back by two. */
  private readonly leasts = new Uint8Array(MAX_LENGTH + 1);
  private readonly rowLeasts = new Uint8Array(MAX_LENGTH + 1);
  /** By depth: the fewest edits from the whole word to a beginning of the term. */
  private readonly bests = new Uint8Array(MAX_LENGTH + 1);

  constructor(word: string) {
    this.width = word.length + 1;
    this.wanted = Uint16Array.from({ length: word.length }, (_, index) => word.charCodeAt(index));
    this.rows = new Uint8Array(this.width * (MAX_LENGTH + 1));
    for (let column = 0; column < this.width; column += 1) this.rows[column] = column;
    this.bests[0] = word.length;
  }

  get least(): number {
    return this.leasts[this.depth] as number;
  }

  get edits(): number {
    return this.rows[this.depth * this.width + this.width - 1] as number;
  }

  get bestOfBeginnings(): number {
    return this.bests[this.depth] as number;
  }

  /** Goes back to what the term has in common with the one before. */
  rewind(units: ArrayLike<number>, start: number, length: number): void {
    let shared = 0;
    while (shared < this.depth && shared < length && this.term[shared] === units[start + shared]) {
      shared += 1;
    }
    this.depth = shared;
  }

  push(unit: number): void {
    const { depth, width, rows, wanted, term } = this;
    const above = depth * width;
    const row = above + width;
    const before = depth > 0 ? (term[depth - 1] as number) : -1;
    let left = depth + 1;
    let least = left;
    rows[row] = left;
    for (let column = 1; column < width; column += 1) {
      const letter = wanted[column - 1] as number;
      let edits = (rows[above + column - 1] as number) + (letter === unit ? 0 : 1);
      const gone = (rows[above + column] as number) + 1;
      if (gone < edits) edits = gone;
      if (left + 1 < edits) edits = left + 1;
      if (column > 1 && letter === before && wanted[column - 2] === unit) {
        const exchanged = (rows[above - width + column - 2] as number) + 1;
        if (exchanged < edits) edits = exchanged;
      }
      rows[row + column] = edits;
      left = edits;
      if (edits < least) least = edits;
    }
    term[depth] = unit;
    this.depth = depth + 1;
    this.leasts[depth + 1] = Math.min(least, this.rowLeasts[depth] as number);
    this.rowLeasts[depth + 1] = least;
    this.bests[depth + 1] = Math.min(left, this.bests[depth] as number);
  }
}
