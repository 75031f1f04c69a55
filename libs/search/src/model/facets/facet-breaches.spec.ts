import { describe, expect, it } from '@jest/globals';
import { facetBreaches } from './facet-breaches.js';
import { facetLimits, type FacetSetting } from './facet-settings.js';

const paths = (attributes: readonly FacetSetting[]): string[] =>
  facetBreaches({ attributes }).map(({ path }) => path);

const listed = (code: string, ...values: string[]): FacetSetting => ({
  code,
  show: 'as-listed',
  values,
});

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, each) => `v${each}`);

describe('what is wrong with facet settings', () => {
  it('is nothing with what shops say', () => {
    expect(paths([])).toEqual([]);
    expect(
      paths([
        listed('size', 'S', 'M', 'L'),
        { code: 'width', show: 'by-value' },
        { code: 'colour', show: 'by-count' },
        { code: 'supplier', show: 'never' },
      ]),
    ).toEqual([]);
  });

  it('is a code that is there twice, and values that are none, or are there twice', () => {
    expect(paths([{ code: 'size', show: 'never' }, listed('size', 'S')])).toEqual(['attributes.1']);
    expect(paths([listed('size'), listed('fit', 'slim', 'slim')])).toEqual([
      'attributes.0.values',
      'attributes.1.values',
    ]);
  });

  it('is more than facets have room for', () => {
    const { attributes, values } = facetLimits;
    const many = (count: number) =>
      numbered(count).map((code) => ({ code, show: 'by-value' }) as const);
    expect(paths(many(attributes))).toEqual([]);
    expect(paths(many(attributes + 1))).toEqual(['attributes']);
    expect(paths([listed('size', ...numbered(values))])).toEqual([]);
    expect(paths([listed('size', ...numbered(values)), listed('fit', 'slim')])).toEqual([
      'attributes',
    ]);
  });
});
