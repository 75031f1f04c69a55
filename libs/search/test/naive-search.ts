import { limitOf } from '../src/model/index/analysed-product.js';
import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import { binOf, lowestOf } from '../src/model/index/price-bins.js';
import { quantityOf } from '../src/model/index/quantity.js';
import { chooseCuts, MAX_RANGES } from '../src/model/query/choose-cuts.js';
import type { FacetCounts } from '../src/model/query/count-facets.js';
import type { PriceRangeCount } from '../src/model/query/price-spread.js';
import type { QuantityRange } from '../src/model/query/quantity-range.js';
import type { QuantityRanges } from '../src/model/query/quantity-spread.js';
import type { QueryWord, SearchPage, SearchSelection } from '../src/model/query/search-query.js';
import type { Placed } from '../src/model/query/select-page.js';
import type { Language } from '../src/model/text/language.js';
import { collationKey } from '../src/model/text/collation-key.js';
import { wordsOf } from '../src/model/text/words.js';

/** The same answers as the index gives where no word is mistyped, by looking at every product. */
export class NaiveSearch {
  constructor(
    private readonly products: readonly IndexedProduct[],
    private readonly language: Language | undefined,
  ) {}

  /** Ids in the order of the list, behind the position; relevance has an order of the index' own. */
  page(selection: SearchSelection, page: SearchPage): string[] {
    return this.placed(selection, page).map(({ id }) => id);
  }

  /** The same with what they are sorted by. */
  placed(selection: SearchSelection, { sort, locale, after }: SearchPage): Placed[] {
    const valueOf = (product: IndexedProduct): string | number => {
      if (sort === 'newest') return product.createdAt;
      if (sort === 'popular') return product.popularity;
      if (sort.endsWith('price')) return Math.min(...pricesOf(product, selection));
      return collationKey(product.names[locale] ?? '', locale);
    };
    const sign = sort === 'name' || sort === 'price' ? 1 : -1;
    const compare = (one: Placed, other: Placed): number => {
      if (one.value !== other.value) return one.value < other.value ? -sign : sign;
      if (one.id === other.id) return 0;
      return one.id < other.id ? -sign : sign;
    };
    return this.products
      .filter((product) => this.isSelected(product, selection))
      .map((product) => ({ id: product.id, value: valueOf(product) }))
      .filter((each) => after === undefined || compare(each, after) > 0)
      .sort(compare);
  }

  facets(selection: SearchSelection): FacetCounts {
    const without = (changes: Partial<SearchSelection>): IndexedProduct[] =>
      this.products.filter((product) => this.isSelected(product, { ...selection, ...changes }));
    const unpriced = without({ minPriceMinor: undefined, maxPriceMinor: undefined });
    const prices = unpriced.flatMap((product) => pricesOf(product, selection));
    const codes = new Set(
      this.products.flatMap(({ attributes }) => attributes.map(({ code }) => code)),
    );
    const attributes = new Map<string, Map<string, number>>();
    const attributeRanges: QuantityRanges[] = [];
    for (const code of [...codes].sort()) {
      const { [code]: _, ...others } = selection.attributes;
      const { [code]: __, ...otherRanges } = selection.ranges;
      const own = without({ attributes: others, ranges: otherRanges }).map((product) =>
        product.attributes.filter((each) => each.code === code).map(({ value }) => value),
      );
      const values = own.flat();
      if (values.length > 0) attributes.set(code, counted(values));
      attributeRanges.push(...naiveAttributeRanges(code, own));
    }
    return {
      total: without({}).length,
      brands: counted(without({ brands: [] }).map(({ brand }) => brand)),
      categories: counted(without({ categoryIds: undefined }).map(({ categoryId }) => categoryId)),
      attributes,
      attributeRanges,
      minPriceMinor: Math.min(...prices),
      maxPriceMinor: Math.max(...prices),
      priceRanges: naiveRanges(
        unpriced.map((product) => pricesOf(product, selection)).filter(({ length }) => length > 0),
      ),
    };
  }

  /** Whether a product has the word without a typing error. */
  hasWord(word: QueryWord): boolean {
    return this.products.some((product) => this.hasAll(product, [word]));
  }

  private isSelected(product: IndexedProduct, selection: SearchSelection): boolean {
    const { words, categoryIds, brands, attributes, ranges, isAvailable } = selection;
    const min = selection.minPriceMinor ?? -Infinity;
    const max = selection.maxPriceMinor ?? Infinity;
    return (
      this.hasAll(product, words) &&
      pricesOf(product, selection).some((price) => price >= min && price <= max) &&
      (categoryIds === undefined || categoryIds.includes(product.categoryId ?? '')) &&
      (brands.length === 0 || brands.includes(product.brand ?? '')) &&
      product.publishedAt >= (selection.sinceDay ?? 0) * 86_400_000 &&
      (!isAvailable || product.availability !== 'out-of-stock') &&
      [...new Set([...Object.keys(attributes), ...Object.keys(ranges)])].every((code) =>
        product.attributes.some(
          (each) =>
            each.code === code &&
            (ownOf(attributes, code)?.includes(each.value) === true ||
              ownOf(ranges, code)?.some((range) => isIn(range, each.value)) === true),
        ),
      )
    );
  }

  private hasAll({ texts, categoryId }: IndexedProduct, words: readonly QueryWord[]): boolean {
    const terms = texts.flatMap(({ field, text }) =>
      wordsOf(text)
        .slice(0, limitOf(field))
        .flatMap(({ term, others }) => [term, ...others]),
    );
    return words.every(
      (word) =>
        terms.some((term) => this.isAnswer(term, word)) ||
        word.synonyms.some((phrase) => phrase.every((each) => terms.includes(each))) ||
        word.categories.some(
          ({ way, ids }) =>
            way !== 'oneEdit' && way !== 'twoEdits' && ids.includes(categoryId ?? ''),
        ),
    );
  }

  private isAnswer(term: string, { forms, joins, stem, isBigram }: QueryWord): boolean {
    if (isBigram) return forms.includes(term);
    return (
      forms.some((form) => term.startsWith(form)) ||
      joins.includes(term) ||
      (stem !== undefined && /^[a-z]{3,}$/.test(term) && this.language?.stem(term) === stem)
    );
  }
}

function ownOf<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.entries(record).find(([each]) => each === key)?.[1];
}

function pricesOf(product: IndexedProduct, { currency }: SearchSelection): readonly number[] {
  return product.prices[currency] ?? [];
}

/** Of each unit; counted by looking at every value of every product. */
function naiveAttributeRanges(
  code: string,
  products: readonly (readonly string[])[],
): QuantityRanges[] {
  const quantities = products.flat().flatMap((value) => quantityOf(value) ?? []);
  const units = [...new Set(quantities.map(({ unit }) => unit))].sort();
  return units.flatMap((unit) => {
    const counts = new Map<number, number>();
    for (const { amount } of quantities.filter((each) => each.unit === unit)) {
      counts.set(amount, (counts.get(amount) ?? 0) + 1);
    }
    if (counts.size <= MAX_RANGES) return [];
    const values = [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((one, other) => one.value - other.value);
    const cuts = chooseCuts(values, MAX_RANGES);
    const ranges = [undefined, ...cuts].map((from, index) => {
      const range = { unit, from, below: cuts[index] };
      const count = products.filter((own) => own.some((value) => isIn(range, value))).length;
      return { ...range, count };
    });
    return [{ code, unit, ranges }];
  });
}

function isIn({ unit, from, below }: QuantityRange, value: string): boolean {
  const quantity = quantityOf(value);
  if (quantity?.unit !== unit) return false;
  return quantity.amount >= (from ?? -Infinity) && quantity.amount < (below ?? Infinity);
}

/** Each product by what its cheapest and, if it is another, its dearest variant costs; counted by looking at every price. */
function naiveRanges(products: readonly (readonly number[])[]): PriceRangeCount[] {
  const ends = products.flatMap((prices) => [
    ...new Set([Math.min(...prices), Math.max(...prices)].map((price) => lowestOf(binOf(price)))),
  ]);
  const counts = new Map<number, number>();
  for (const value of ends) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const values = [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => one.value - other.value);
  const cuts = chooseCuts(values, MAX_RANGES);
  if (cuts.length === 0) return [];
  return [-Infinity, ...cuts].map((min, range) => {
    const below = cuts[range] ?? Infinity;
    return {
      minMinor: min === -Infinity ? null : min,
      maxMinor: below === Infinity ? null : below - 1,
      count: products.filter((prices) => prices.some((price) => price >= min && price < below))
        .length,
    };
  });
}

function counted(values: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
