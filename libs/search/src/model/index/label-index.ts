import { resolveWords, postingsOf } from '../query/resolve-words.js';
import type { QueryWord, SearchSelection } from '../query/search-query.js';
import type { Language } from '../text/language.js';
import type { IndexedProduct } from './indexed-product.js';
import { LiveSegment } from './live-segment.js';
import { StoreIndex, type Stepwise } from './store-index.js';

/** Something that has a name: a brand, a category. */
export interface Label {
  readonly key: string;
  readonly name: string;
}

export interface FoundLabel extends Label {
  /** How well the name answers the words; comparable within one answer. */
  readonly score: number;
}

/** A label of which a term answers one word. */
export interface AnsweringLabel extends Label {
  /** Of the best one; see `qualities`. */
  readonly quality: number;
}

const CURRENCY = 'none';
const MAX_FOUND = 1_000;

/** Names that are found as products are: by the same words, with the same typing errors forgiven. */
export class LabelIndex {
  private readonly segments: readonly LiveSegment[];

  private constructor(
    private readonly labels: ReadonlyMap<string, Label>,
    private readonly index: StoreIndex,
  ) {
    this.segments = index.frozen().map(({ segment }) => new LiveSegment(segment));
  }

  /** In steps of a few milliseconds. */
  static *of(labels: readonly Label[], language: Language | undefined): Stepwise<LabelIndex> {
    const byId = new Map(labels.map((label, number) => [idOf(number), label]));
    const index = new StoreIndex(language === undefined ? [] : [language]);
    const products = [...byId].map(([id, { name }]) => productNamed(id, name));
    yield* index.change(byId.keys(), products);
    return new LabelIndex(byId, index);
  }

  /** The labels whose name answers every word, in no order, at most a thousand. */
  find({ words, languageCode }: Pick<SearchSelection, 'words' | 'languageCode'>): FoundLabel[] {
    const selection: SearchSelection = {
      words,
      languageCode,
      currency: CURRENCY,
      categoryIds: undefined,
      brands: [],
      attributes: {},
      ranges: {},
      sinceDay: undefined,
      minPriceMinor: undefined,
      maxPriceMinor: undefined,
      isAvailable: false,
    };
    const page = { locale: '', sort: 'relevance', limit: MAX_FOUND, after: undefined } as const;
    return this.index.placed(selection, page).flatMap(({ id, value }) => {
      const label = this.labels.get(id);
      return label === undefined ? [] : [{ ...label, score: Number(value) }];
    });
  }

  /** Whether a name has the folded term. */
  hasTerm(term: string): boolean {
    return this.segments.some(({ segment }) => segment.terms.find(term) !== undefined);
  }

  /** The labels whose name answers one word; with typing errors when there are none without. */
  answersTo(word: QueryWord, languageCode: string | undefined): AnsweringLabel[] {
    const resolved = resolveWords(this.segments, { words: [word], languageCode }, false);
    const best = new Map<string, number>();
    for (const [index, { segment }] of this.segments.entries()) {
      for (const range of resolved?.[index]?.[0] ?? []) {
        const { products, start, end } = postingsOf(range, segment.postings);
        for (const product of products.subarray(start, end)) {
          const id = segment.ids.at(product);
          best.set(id, Math.max(best.get(id) ?? 0, range.quality));
        }
      }
    }
    return [...best].flatMap(([id, quality]) => {
      const label = this.labels.get(id);
      return label === undefined ? [] : [{ ...label, quality }];
    });
  }
}

function idOf(number: number): string {
  return `00000000-0000-0000-0000-${number.toString(16).padStart(12, '0')}`;
}

function productNamed(id: string, name: string): IndexedProduct {
  return {
    id,
    names: {},
    texts: [{ field: 'name', text: name }],
    brand: null,
    categoryId: null,
    attributes: [],
    prices: { [CURRENCY]: [0] },
    availability: 'in-stock',
    createdAt: 0,
    publishedAt: 0,
    popularity: 0,
  };
}
