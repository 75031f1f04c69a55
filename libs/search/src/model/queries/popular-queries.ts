import { keyOfText } from '../rules/compile-rules.js';
import { readableWords } from '../text/words.js';

/** Fewer uses than this may all be those of one shopper. */
export const LEAST_USES = 5;

export interface CountedQuery {
  readonly query: string;
  readonly useCount: number;
}

/**
 * How popular a query is: 0 is not suggested, and each further level takes twice as many uses. Suggestions are in the order of
 * levels, so they have to be made anew only when one has changed, and are the same on every replica.
 */
export function levelOf(useCount: number): number {
  return useCount < LEAST_USES ? 0 : 1 + Math.floor(Math.log2(useCount / LEAST_USES));
}

/** Those that may be suggested, most popular first. */
export function popularFirst(counted: readonly CountedQuery[]): string[] {
  return counted
    .map(({ query, useCount }) => ({ query, level: levelOf(useCount) }))
    .filter(({ level }) => level > 0)
    .sort((one, other) => other.level - one.level || (one.query < other.query ? -1 : 1))
    .map(({ query }) => query);
}

/** Those that begin with what was typed and say more, but for what staff hide, wherever in the query its words are. */
export function queriesBeginningWith(
  popular: readonly string[],
  typed: string,
  hidden: readonly string[],
): string[] {
  const beginning = readableWords(typed).join(' ');
  if (beginning === '') return [];
  const longer = popular.filter((query) => query !== beginning && query.startsWith(beginning));
  if (hidden.length === 0) return longer;
  return longer.filter((query) => {
    const key = ` ${keyOfText(query)} `;
    return !hidden.some((words) => key.includes(` ${words} `));
  });
}
