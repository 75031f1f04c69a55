import type { Language } from '../text/language.js';
import { numberLists } from './columns.js';
import { GrowingNumbers } from './growing-numbers.js';
import { filled, inSteps, ROWS_PER_STEP } from './in-steps.js';
import { PackedStrings } from './packed-strings.js';
import { NO_TERM, type StemGroups } from './segment.js';
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
  const items = new GrowingNumbers();
  const offsets = new GrowingNumbers();
  offsets.push(0);
  for (let count = 1; ; count += 1) {
    if (count % ROWS_PER_STEP === 0) yield;
    const least = heads.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a));
    if (least === undefined) break;
    const start = items.length;
    for (const [index, { groups, terms: numbers }] of parts.entries()) {
      if (heads[index] !== least) continue;
      const group = next[index] as number;
      next[index] = group + 1;
      heads[index] = stemOf(groups, group + 1);
      const end = groups.terms.offsets[group + 1] as number;
      for (let at = groups.terms.offsets[group] as number; at < end; at += 1) {
        include(items, start, numbers[groups.terms.items[at] as number] as number);
      }
    }
    if (items.length === start) continue;
    stems.push(least);
    offsets.push(items.length);
  }
  const terms = { offsets: offsets.items.slice(), items: items.items.slice() };
  return { stems: yield* PackedStrings.of(stems), terms };
}

/** Puts a term into its place among those from `start` on, which are ascending and few, unless it is there or is none. */
function include(items: GrowingNumbers, start: number, term: number): void {
  if (term === NO_TERM) return;
  let place = items.length;
  while (place > start && items.at(place - 1) > term) place -= 1;
  if (place > start && items.at(place - 1) === term) return;
  items.push(term);
  for (let at = items.length - 1; at > place; at -= 1) items.set(at, items.at(at - 1));
  items.set(place, term);
}

function stemOf({ stems }: StemGroups, group: number): string | undefined {
  return group < stems.length ? stems.at(group) : undefined;
}
