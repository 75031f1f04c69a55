import type { Language } from '../text/language.js';
import { numberLists } from './columns.js';
import { filled, inSteps } from './in-steps.js';
import { PackedStrings } from './packed-strings.js';
import type { StemGroups } from './segment.js';
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
