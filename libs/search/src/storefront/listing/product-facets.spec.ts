import { describe, expect, it } from '@jest/globals';
import { noCounts } from '../../model/query/count-facets.js';
import type { FacetSetting } from '../../model/facets/facet-settings.js';
import { FacetOrder } from '../facets/facet-order.js';
import { productFacets } from './product-facets.js';

const NO_TREE = { roots: [], places: {}, idsBySlug: {} };

const shownBy = (attributes: readonly FacetSetting[]) => new FacetOrder({ attributes }, 'en');

describe('facets as they are shown', () => {
  it('are the same in whatever order they were counted, also where there are too many values', () => {
    const codes = ['b', 'a', 'c'].map((code) => {
      const values = Array.from({ length: 400 }, (_, number) => [`${number}`, 1] as const);
      return [code, new Map(values)] as const;
    });
    const shown = (counted: typeof codes) =>
      productFacets({ ...noCounts(), attributes: new Map(counted) }, NO_TREE, shownBy([]))
        .attributes;
    const one = shown(codes);
    expect(one.map(({ code, values }) => [code, values.length])).toEqual([
      ['a', 400],
      ['b', 400],
      ['c', 200],
    ]);
    expect(shown(codes.toReversed())).toEqual(one);
  });

  it('are in the order of staff, and of too many values the same as without it', () => {
    const counted = ['a', 'b'].map((code) => {
      const values = Array.from({ length: 600 }, (_, number) => [`${number}`, number] as const);
      return [code, new Map(values)] as const;
    });
    const counts = { ...noCounts(), attributes: new Map(counted) };
    const [first, second] = productFacets(
      counts,
      NO_TREE,
      shownBy([{ code: 'b', show: 'by-value' }]),
    ).attributes;
    expect([first?.code, second?.code]).toEqual(['b', 'a']);
    const kept = Array.from({ length: 500 }, (_, number) => `${number + 100}`);
    expect(first?.values.map(({ value }) => value)).toEqual(kept);
    expect(second?.values.map(({ value }) => value)).toEqual(kept.toReversed());
  });

  it('leave out what staff hide, which takes no room from the others', () => {
    const values = new Map(Array.from({ length: 700 }, (_, number) => [`${number}`, 1] as const));
    const ranges = ['a', 'b', 'c'].map((code) => ({ code, unit: 'mm', ranges: [] }));
    const shown = productFacets(
      {
        ...noCounts(),
        attributes: new Map(['a', 'b'].map((code) => [code, values])),
        attributeRanges: ranges,
      },
      NO_TREE,
      shownBy([
        { code: 'c', show: 'by-count' },
        { code: 'a', show: 'never' },
      ]),
    );
    expect(shown.attributes.map((each) => [each.code, each.values.length])).toEqual([['b', 700]]);
    expect(shown.attributeRanges.map(({ code }) => code)).toEqual(['c', 'b']);
  });

  it('have no values that cannot be sent back: filter[brand] is about brands', () => {
    const values = new Map([['A', 1]]);
    const attributes = new Map(['brand', 'color'].map((code) => [code, values]));
    const counts = { ...noCounts(), brands: new Map([['B', 1]]), attributes };
    const shown = productFacets(counts, NO_TREE, shownBy([{ code: 'brand', show: 'by-count' }]));
    expect(shown.attributes.map(({ code }) => code)).toEqual(['color']);
    expect(shown.brands).toEqual([{ value: 'B', count: 1 }]);
  });
});
