import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyChanges } from '../../../test/apply-changes.js';
import {
  arbitraryChanges,
  arbitraryPage,
  arbitrarySelection,
  type Change,
} from '../../../test/arbitrary-searches.js';
import {
  finish,
  idAt,
  indexed,
  named,
  pageOf,
  selectionOf,
  storeIndexOf,
} from '../../../test/indexed-products.js';
import { compacted, tidied } from '../../../test/merged.js';
import { NaiveSearch } from '../../../test/naive-search.js';
import { languageOf } from '../text/language.js';
import type { IndexedProduct } from './indexed-product.js';
import type { PagePosition, SearchPage, SearchSelection } from '../query/search-query.js';
import type { StoreIndex } from './store-index.js';

function made(given: readonly Change[]): { index: StoreIndex; products: IndexedProduct[] } {
  const index = storeIndexOf([]);
  return { index, products: applyChanges(index, given) };
}

/** All ids, page by page. */
function pages(index: StoreIndex, selected: SearchSelection, wanted: SearchPage): string[] {
  const ids: string[] = [];
  let after: PagePosition | undefined;
  for (let count = 0; count < 100; count += 1) {
    const found = index.page(selected, { ...wanted, after });
    ids.push(...found.ids);
    if (found.next === undefined) return ids;
    after = found.next;
  }
  throw new Error('the list does not end');
}

/** Words that are answered neither by themselves nor together are looked for with typing errors. */
function hasExactAnswer(naive: NaiveSearch, { words, languageCode, currency }: SearchSelection) {
  const all = selectionOf({ currency, words, languageCode });
  return naive.page(all, pageOf()).length > 0;
}

describe('the index of a store', () => {
  it('selects, sorts, pages and counts as a look at every product does', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        arbitraryChanges,
        arbitrarySelection,
        arbitraryPage,
        (given, selected, wanted) => {
          const { index, products } = made(given);
          const language = languageOf(selected.languageCode ?? '');
          const naive = new NaiveSearch(products, language);
          expect(index.size).toBe(products.length);
          if (selected.words.length > 0 && !hasExactAnswer(naive, selected)) return;
          compared += 1;
          const expected = naive.page(selected, pageOf(wanted));
          expect(pages(index, selected, pageOf(wanted))).toEqual(expected);
          const counts = index.facets(selected);
          expect(counts).toEqual(naive.facets(selected));
          const relevant = pages(index, selected, pageOf({ ...wanted, sort: 'relevance' }));
          if (selected.words.length > 0) expect(relevant.toSorted()).toEqual(expected.toSorted());
        },
      ),
      { numRuns: 200, seed: 11 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('looks at the price of each variant, however the product came to where it is', () => {
    const costing = (number: number, ...EUR: number[]) => indexed(number, { prices: { EUR } });
    const index = storeIndexOf([costing(0, 10, 50, 90), costing(1, 10, 90), costing(2, 45)]);
    const between = selectionOf({ minPriceMinor: 40, maxPriceMinor: 60 });
    const found = () => [...index.page(between, pageOf()).ids].toSorted();
    expect(found()).toEqual([idAt(0), idAt(2)]);
    finish(index.change([idAt(3)], [costing(3, 60, 10, 99)]));
    finish(compacted(index));
    expect([index.segmentCount, found()]).toEqual([1, [idAt(0), idAt(2), idAt(3)]]);
  });

  it('counts each facet without its own choice', () => {
    const of = (number: number, a: string, b: string, brandName: string) =>
      indexed(number, {
        brand: brandName,
        attributes: [
          { code: 'a', value: a },
          { code: 'b', value: b },
        ],
      });
    const index = storeIndexOf([
      of(0, '1', '1', 'Acme'),
      of(1, '2', '1', 'Acme'),
      of(2, '2', '2', 'Acme'),
      of(3, '1', '1', 'Bosch'),
    ]);
    const chosen = selectionOf({ attributes: { a: ['1'], b: ['1'] }, brands: ['Acme'] });
    const { total, brands, attributes } = index.facets(chosen);
    expect(total).toBe(1);
    expect(brands).toEqual(
      new Map([
        ['Acme', 1],
        ['Bosch', 1],
      ]),
    );
    expect(attributes).toEqual(
      new Map([
        [
          'a',
          new Map([
            ['1', 1],
            ['2', 1],
          ]),
        ],
        ['b', new Map([['1', 1]])],
      ]),
    );
  });

  it('pages through products of the same score, and ends with the last of them', () => {
    const index = storeIndexOf(Array.from({ length: 6 }, (_, number) => named(number, 'pad')));
    const selected = selectionOf({ q: 'pad' });
    const newestFirst = [5, 4, 3, 2, 1, 0].map(idAt);
    for (const limit of [1, 2, 3, 4, 6]) {
      expect(pages(index, selected, pageOf({ sort: 'relevance', limit }))).toEqual(newestFirst);
    }
    expect(index.page(selected, pageOf({ sort: 'relevance', limit: 6 })).next).toBeUndefined();
    expect(index.page(selected, pageOf({ sort: 'name', limit: 6 })).next).toBeUndefined();
  });

  it('gives back what the products took that have gone', () => {
    const products = Array.from({ length: 40 }, (_, number) => named(number, `pad ${number}`));
    const index = storeIndexOf(products);
    const { bytes } = index;
    finish(
      index.change(
        products.slice(0, 21).map(({ id }) => id),
        [],
      ),
    );
    finish(tidied(index));
    expect([index.size, index.segmentCount]).toEqual([19, 1]);
    expect(index.bytes).toBeLessThan(bytes * 0.7);
  });

  it('goes on behind a product that has gone or changed since the page before', () => {
    fc.assert(
      fc.property(arbitraryChanges, arbitraryPage, fc.nat(), (given, wanted, choice) => {
        const { index, products } = made(given);
        const first = index.page(selectionOf(), pageOf(wanted));
        if (first.next === undefined) return;
        const gone = products[choice % products.length]?.id ?? '';
        finish(index.change([gone], []));
        const left = new NaiveSearch(
          products.filter(({ id }) => id !== gone),
          undefined,
        );
        const rest = pageOf({ ...wanted, after: first.next });
        expect(index.page(selectionOf(), { ...rest, limit: 100 }).ids).toEqual(
          left.page(selectionOf(), rest),
        );
      }),
      { numRuns: 100, seed: 12 },
    );
  });

  it('ranks the same however its products came to be in segments', () => {
    fc.assert(
      fc.property(arbitraryChanges, arbitrarySelection, (given, selected) => {
        const { index, products } = made(given);
        const relevance = pageOf({ sort: 'relevance', limit: 5 });
        const fresh = storeIndexOf(products);
        expect(pages(index, selected, relevance)).toEqual(pages(fresh, selected, relevance));
        expect(index.facets(selected)).toEqual(fresh.facets(selected));
      }),
      { numRuns: 100, seed: 13 },
    );
  });

  it('keeps what changes while segments are merged', () => {
    const products = Array.from({ length: 30 }, (_, number) => named(number, `pad ${number}`));
    const index = storeIndexOf(products);
    finish(index.change([idAt(30)], [named(30, 'pad 30')]));
    finish(index.change([idAt(31)], [named(31, 'pad 31')]));
    const merging = tidied(index);
    merging.next();
    finish(index.change([idAt(30)], []));
    finish(merging);
    const found = index.page(selectionOf({ q: 'pad' }), pageOf());
    expect(found.ids.toSorted()).toEqual([...products.map(({ id }) => id), idAt(31)]);
  });

  it('has few segments after many small changes', () => {
    const index = storeIndexOf(Array.from({ length: 300 }, (_, number) => named(number, 'pad')));
    for (let number = 0; number < 200; number += 1) {
      finish(index.change([idAt(number)], [named(number, `pad ${number}`)]));
      finish(tidied(index));
    }
    expect(index.size).toBe(300);
    expect(index.segmentCount).toBeLessThan(8);
  });

  it('shows nothing of a change before all of it', () => {
    const index = storeIndexOf([named(1, 'old one'), named(2, 'old two')]);
    const change = index.change([idAt(1), idAt(2)], [named(1, 'new one'), named(2, 'new two')]);
    const counts = new Set<string>();
    for (;;) {
      const isDone = change.next().done === true;
      const totals = ['old', 'new'].map((q) => index.facets(selectionOf({ q })).total);
      counts.add(totals.join());
      if (isDone) break;
    }
    expect([...counts]).toEqual(['2,0', '0,2']);
  });
});
