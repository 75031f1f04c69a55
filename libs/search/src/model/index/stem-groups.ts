import type { Language } from '../text/language.js';
import { numberLists } from './columns.js';
import { filled, inSteps, ROWS_PER_STEP } from './in-steps.js';
import { PackedStrings } from './packed-strings.js';
import { itemsOf, NO_TERM, type StemGroups } from './segment.js';
import { sorted } from './stepwise-sort.js';

const MIN_LENGTH = 3;
const LETTERS = /^[a-z]+$/;

/** Whether the word has a stem that is worth comparing. */
export function hasStem(term: string): boolean {
  return term.length >= MIN_LENGTH && LETTERS.test(term);
}

/** Which terms of a dictionary have a stem in common; in steps, because a stem costs a microsecond. */
export function* stemGroups(
  terms: PackedStrings,
  { stem }: Language,
): Generator<undefined, StemGroups> {
  const numbers = new Map<string, number>();
  const found: { readonly stemmed: string; readonly terms: number[] }[] = [];
  const note = (term: number): void => {
    const text = terms.at(term);
    if (!hasStem(text)) return;
    const stemmed = stem(text);
    const number = numbers.get(stemmed);
    if (number !== undefined) {
      found[number]?.terms.push(term);
      return;
    }
    numbers.set(stemmed, found.length);
    found.push({ stemmed, terms: [term] });
  };
  yield* inSteps(terms.length, note);
  const stemAt = (number: number): string => found[number]?.stemmed ?? '';
  const order = yield* sorted(
    yield* filled(new Uint32Array(found.length), (number) => number),
    (one, other) => (stemAt(one) < stemAt(other) ? -1 : 1),
  );
  const stems: string[] = [];
  const lists: number[][] = [];
  yield* inSteps(order.length, (place) => {
    const number = order[place] as number;
    stems.push(stemAt(number));
    lists.push(found[number]?.terms ?? []);
  });
  return { stems: yield* PackedStrings.of(stems), terms: yield* numberLists(lists) };
}

/** The groups of one of the dictionaries that a new one was made of. */
export interface StemPart {
  readonly groups: StemGroups;
  /** The number of each of its terms in the new dictionary; `NO_TERM` for one that is not in it. */
  readonly terms: Uint32Array;
}

/** What `stemGroups` makes of the new dictionary, without stemming it again: of all that a merge does, that would take the most. */
export function* mergedStemGroups(parts: readonly StemPart[]): Generator<undefined, StemGroups> {
  const next = parts.map(() => 0);
  const heads = parts.map(({ groups }) => stemOf(groups, 0));
  const stems: string[] = [];
  const lists: number[][] = [];
  for (let count = 1; ; count += 1) {
    if (count % ROWS_PER_STEP === 0) yield;
    const least = heads.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a));
    if (least === undefined) break;
    const terms = new Set<number>();
    for (const [index, { groups, terms: numbers }] of parts.entries()) {
      if (heads[index] !== least) continue;
      const group = next[index] as number;
      next[index] = group + 1;
      heads[index] = stemOf(groups, group + 1);
      for (const term of itemsOf(groups.terms, group)) terms.add(numbers[term] as number);
    }
    terms.delete(NO_TERM);
    if (terms.size === 0) continue;
    stems.push(least);
    lists.push([...terms].sort((one, other) => one - other));
  }
  return { stems: yield* PackedStrings.of(stems), terms: yield* numberLists(lists) };
}

function stemOf({ stems }: StemGroups, group: number): string | undefined {
  return group < stems.length ? stems.at(group) : undefined;
}
