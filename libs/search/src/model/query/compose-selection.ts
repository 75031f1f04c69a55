import { dayNamed } from '../index/calendar-day.js';
import { languageOf } from '../text/language.js';
import { parseQuery } from './parse-query.js';
import { parseRange } from './quantity-range.js';
import type { QueryLexicon } from './query-lexicon.js';
import type { SearchSelection } from './search-query.js';

/** What a list is narrowed by, beside its category. Prices are in minor units of the currency. */
export interface SelectionFilter {
  /** Every word must be answered by the product. */
  readonly q?: string;
  /** Any of them. */
  readonly brands: readonly string[];
  /** By code: any of the values, for every code. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** By code: as `rangeText` writes them. A value of the product is one of those above, or in one of these. */
  readonly ranges?: Readonly<Record<string, readonly string[]>>;
  /** The same variant costs at least and at most so much. */
  readonly minPriceMinor?: number;
  readonly maxPriceMinor?: number;
  /** A date of UTC: only what was first published on it, or after it. */
  readonly since?: string;
  /** Only what can be had. */
  readonly isAvailable?: boolean;
}

/** What a filter selects; undefined when its query has no letter or digit, and so nothing answers it. */
export function composeSelection(
  filter: SelectionFilter,
  { locale, currency }: { readonly locale: string; readonly currency: string },
  categoryIds: readonly string[] | undefined,
  lexicon: QueryLexicon,
): SearchSelection | undefined {
  const language = languageOf(locale);
  const words = filter.q === undefined ? [] : parseQuery(filter.q, language, lexicon);
  if (filter.q !== undefined && words.length === 0) return undefined;
  return {
    words,
    languageCode: language?.code,
    currency,
    categoryIds,
    brands: filter.brands,
    attributes: filter.attributes,
    ranges: rangesOf(filter.ranges ?? {}),
    minPriceMinor: filter.minPriceMinor,
    maxPriceMinor: filter.maxPriceMinor,
    sinceDay: filter.since === undefined ? undefined : dayNamed(filter.since),
    isAvailable: filter.isAvailable ?? false,
  };
}

function rangesOf(texts: NonNullable<SelectionFilter['ranges']>): SearchSelection['ranges'] {
  return Object.fromEntries(
    Object.entries(texts).map(([code, own]) => [
      code,
      own.flatMap((text) => parseRange(text) ?? []),
    ]),
  );
}
