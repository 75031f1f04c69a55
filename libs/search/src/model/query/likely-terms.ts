import type { LiveSegment } from '../index/live-segment.js';
import type { QueryWord } from './search-query.js';

const ONE_EDIT_FROM = 3;
const TWO_EDITS_FROM = 5;

interface LikelyTerm {
  readonly term: string;
  edits: number;
  products: number;
}

/**
 * Terms that may have been meant with a word: those that products have and that differ from it in few
 * edits, fewest first, then those of most products. More edits than a search forgives by itself,
 * because a shopper decides about these. Nobody means a stop word: most texts have it, and it tells nothing.
 */
export function likelyTerms(
  segments: readonly LiveSegment[],
  word: QueryWord,
  limit: number,
  stopWords: ReadonlySet<string>,
): string[] {
  const [text = ''] = word.forms;
  const edits = word.isBigram ? 0 : likelyEdits(text);
  if (edits === 0) return [];
  const found = new Map<string, LikelyTerm>();
  for (const live of segments) collect(live, text, edits, found);
  for (const form of word.forms) found.delete(form);
  return [...found.values()]
    .filter(({ products }) => products > 0)
    .filter(({ term }) => !stopWords.has(term))
    .sort(
      (one, other) =>
        one.edits - other.edits ||
        other.products - one.products ||
        (one.term < other.term ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ term }) => term);
}

/** Numbers tell something else with each digit. */
function likelyEdits(word: string): number {
  if (/\p{N}/u.test(word)) return 0;
  const length = [...word].length;
  if (length < ONE_EDIT_FROM) return 0;
  return length < TWO_EDITS_FROM ? 1 : 2;
}

function collect(
  { segment: { terms, postings }, alive, spellings }: LiveSegment,
  text: string,
  maxEdits: number,
  found: Map<string, LikelyTerm>,
): void {
  for (const { term, edits } of spellings.similarTo(text, maxEdits, false)) {
    const name = terms.at(term);
    const likely = found.get(name) ?? { term: name, edits, products: 0 };
    found.set(name, likely);
    const end = postings.offsets[term + 1] as number;
    for (let at = postings.offsets[term] as number; at < end; at += 1) {
      likely.products += alive[postings.products[at] as number] as number;
    }
  }
}
