import type { Language } from '../text/language.js';
import { numberLists } from './columns.js';
import { PackedStrings } from './packed-strings.js';
import type { StemGroups } from './segment.js';

const MIN_LENGTH = 3;
const LETTERS = /^[a-z]+$/;
const STEMS_PER_STEP = 2_000;

/** Whether the word has a stem that is worth comparing. */
export function hasStem(term: string): boolean {
  return term.length >= MIN_LENGTH && LETTERS.test(term);
}

/** Which terms of a dictionary have a stem in common; in steps, because a stem costs a microsecond. */
export function* stemGroups(
  terms: PackedStrings,
  { stem }: Language,
): Generator<undefined, StemGroups> {
  const groups = new Map<string, number[]>();
  for (let term = 0; term < terms.length; term += 1) {
    if (term % STEMS_PER_STEP === 0) yield;
    const text = terms.at(term);
    if (!hasStem(text)) continue;
    const stemmed = stem(text);
    const group = groups.get(stemmed);
    if (group === undefined) groups.set(stemmed, [term]);
    else group.push(term);
  }
  const stems = [...groups.keys()].sort();
  return {
    stems: PackedStrings.of(stems),
    terms: numberLists(stems.map((each) => groups.get(each) ?? [])),
  };
}
