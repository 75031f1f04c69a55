import { describe, expect, it } from '@jest/globals';
import { finish } from '../../../test/indexed-products.js';
import { PackedStrings } from '../index/packed-strings.js';
import { termLetters } from '../index/term-letters.js';
import { RememberedSpellings } from './remembered-spellings.js';

const LETTERS = ['a', 'b', 'c', '1', '2', 'é', '茶', '𠮷'];
const words = wordsFrom(20_261_129, 300);
const dictionary = [...new Set(words)].sort();

describe('RememberedSpellings', () => {
  it.each([
    { edits: 1, isBeginning: false },
    { edits: 2, isBeginning: false },
    { edits: 1, isBeginning: true },
    { edits: 2, isBeginning: true },
  ])(
    'finds what a look at each term finds: $edits edits, beginnings: $isBeginning',
    ({ edits, isBeginning }) => {
      const spellings = spellingsOf(dictionary);
      for (const word of wordsFrom(7, 30)) {
        const expected = dictionary.filter((term) => {
          const distances = distancesToBeginnings(word, term);
          return Math.min(...distances.slice(isBeginning ? 0 : -1)) <= edits;
        });
        const found = spellings.similarTo(word, edits, isBeginning);
        expect(found.map(({ term }) => dictionary[term])).toStrictEqual(expected);
      }
    },
  );

  it('tells apart what is asked of a word', () => {
    const spellings = spellingsOf(['brake', 'brakepads', 'break', 'broke']);
    const ask = (edits: number, isBeginning: boolean) =>
      spellings.similarTo('brakr', edits, isBeginning).map(({ term }) => term);
    const once = [ask(1, false), ask(2, false), ask(1, true), ask(2, true)];
    expect(once).toStrictEqual([[0], [0, 2, 3], [0, 1], [0, 1, 2, 3]]);
    expect([ask(1, false), ask(2, false), ask(1, true), ask(2, true)]).toStrictEqual(once);
  });

  it('looks at the dictionary once for a word that is asked for again, and forgets what was not', () => {
    const spellings = spellingsOf(['brake', 'chain']);
    const [brake, chain] = [spellings.similarTo('brakr', 1, false), asked('chaim')];
    for (let other = 0; other < 998; other += 1) asked(`other${other}`);
    expect(asked('brakr')).toBe(brake);
    asked('one more');
    expect(asked('brakr')).toBe(brake);
    expect(asked('chaim')).not.toBe(chain);

    function asked(word: string) {
      return spellings.similarTo(word, 1, false);
    }
  });

  it('forgets sooner when many terms are like a word', () => {
    const many = Array.from({ length: 6_000 }, (_, index) => `brake${index}`).sort();
    const spellings = spellingsOf(many);
    const first = spellings.similarTo('brake', 1, true);
    expect(first).toHaveLength(6_000);
    spellings.similarTo('brak', 1, true);
    spellings.similarTo('brakf', 1, true);
    expect(spellings.similarTo('brake', 1, true)).toBe(first);
    spellings.similarTo('brakg', 1, true);
    spellings.similarTo('brakh', 1, true);
    spellings.similarTo('braki', 1, true);
    expect(spellings.similarTo('brake', 1, true)).not.toBe(first);
  });
});

function spellingsOf(terms: readonly string[]): RememberedSpellings {
  const packed = finish(PackedStrings.of(terms));
  return new RememberedSpellings({ terms: packed, letters: finish(termLetters(packed)) });
}

/** Few letters, so that many are alike. */
function wordsFrom(seed: number, count: number): string[] {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(8) }, () => LETTERS[next(LETTERS.length)]).join(''),
  );
}

/** From nothing of the other to all of it: Damerau and Levenshtein, neighbours exchanged once, by the whole matrix. */
function distancesToBeginnings(one: string, other: string): readonly number[] {
  const rows = Array.from({ length: one.length + 1 }, (_, row) =>
    Array.from({ length: other.length + 1 }, (_unused, column) => (row === 0 ? column : row)),
  );
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row += 1) {
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isExchanged = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      (rows[row] as number[])[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        row > 1 && column > 1 && isExchanged ? at(row - 2, column - 2) + 1 : Infinity,
      );
    }
  }
  return rows[one.length] as number[];
}
