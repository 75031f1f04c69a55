import { describe, expect, it } from '@jest/globals';
import { noCounts } from '../../model/query/count-facets.js';
import { productFacets } from './product-facets.js';

const NO_TREE = { roots: [], places: {}, idsBySlug: {} };

describe('facets as they are shown', () => {
  it('are the same in whatever order they were counted, also where there are too many values', () => {
    const codes = ['b', 'a', 'c'].map((code) => {
      const values = Array.from({ length: 400 }, (_, number) => [`${number}`, 1] as const);
      return [code, new Map(values)] as const;
    });
    const shown = (counted: typeof codes) =>
      productFacets({ ...noCounts(), attributes: new Map(counted) }, NO_TREE).attributes;
    const one = shown(codes);
    expect(one.map(({ code, values }) => [code, values.length])).toEqual([
      ['a', 400],
      ['b', 400],
      ['c', 200],
    ]);
    expect(shown(codes.toReversed())).toEqual(one);
  });
});
