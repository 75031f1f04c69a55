import { describe, expect, it } from '@jest/globals';
import {
  finish,
  idAt,
  indexed,
  pageOf,
  selectionOf,
  storeIndexOf,
} from '../../../test/indexed-products.js';
import { rangeText } from './quantity-range.js';

describe('ranges of facets', () => {
  it('counts a product in each range in which a variant of it has a price, whatever price is chosen', () => {
    const costs = (number: number, ...EUR: number[]) => indexed(number, { prices: { EUR } });
    const index = storeIndexOf([costs(1, 500), costs(2, 900, 700), costs(3, 990, 1_500, 4_900)]);
    finish(index.change([idAt(4), idAt(5)], [costs(4, 4_900), costs(5, 12_000, 500, 1_100)]));
    const ranges = [
      { minMinor: null, maxMinor: 799, count: 3 },
      { minMinor: 800, maxMinor: 949, count: 1 },
      { minMinor: 950, maxMinor: 3_999, count: 2 },
      { minMinor: 4_000, maxMinor: 9_999, count: 2 },
      { minMinor: 10_000, maxMinor: null, count: 1 },
    ];
    expect(index.facets(selectionOf()).priceRanges).toEqual(ranges);
    for (const { minMinor, maxMinor, count } of ranges) {
      const chosen = selectionOf({
        minPriceMinor: minMinor ?? undefined,
        maxPriceMinor: maxMinor ?? undefined,
      });
      expect(index.facets(chosen)).toMatchObject({ total: count, priceRanges: ranges });
    }
    expect(index.facets(selectionOf({ brands: ['none'] })).priceRanges).toEqual([]);
    expect(index.facets(selectionOf({ currency: 'CHF' })).priceRanges).toEqual([]);
  });

  it('knows the least and the most of all prices, in whatever order they come, and leaves out what other filters do', () => {
    // Prices with the same first two digits are in one bin.
    const own = [[1_000, 5_090], [1_020, 1_080], [5_000], [1_010, 1_090], [1_050, 5_010]].map(
      (EUR, number) => indexed(number, { brand: 'Acme', prices: { EUR } }),
    );
    const other = indexed(9, { brand: 'Other', prices: { EUR: [100, 5_000, 9_000] } });
    const index = storeIndexOf([...own, other]);
    const chosen = selectionOf({ brands: ['Acme'] });
    const { minPriceMinor, maxPriceMinor, priceRanges } = index.facets(chosen);
    expect([minPriceMinor, maxPriceMinor]).toEqual([1_000, 5_090]);
    expect(priceRanges).toEqual(storeIndexOf(own).facets(chosen).priceRanges);
    expect(priceRanges.length).toBeGreaterThan(1);
  });

  it('counts a product once in each range of an attribute, with values in one unit', () => {
    const wide = (number: number, ...values: string[]) =>
      indexed(number, { attributes: values.map((value) => ({ code: 'width', value })) });
    const index = storeIndexOf([
      ...[10, 11, 12, 40].map((width) => wide(width, `${width} mm`)),
      wide(1, '10 mm', '11 mm', '50 mm', '1 in'),
      wide(2, 'wide'),
    ]);
    finish(
      index.change(
        [idAt(3), idAt(4)],
        [wide(3, '50 mm', '51 mm', '55 mm', '90 mm'), wide(4, '80 mm')],
      ),
    );
    const { attributeRanges } = index.facets(selectionOf());
    expect(
      attributeRanges.map(({ code, ranges }) => [
        code,
        ...ranges.map((each) => [rangeText(each), each.count]),
      ]),
    ).toEqual([
      [
        'width',
        ['..<11 mm', 2],
        ['11..<12 mm', 2],
        ['12..<50 mm', 2],
        ['50..<51 mm', 2],
        ['51..<80 mm', 1],
        ['80.. mm', 2],
      ],
    ]);
    for (const { count, ...range } of attributeRanges[0]?.ranges ?? []) {
      const chosen = index.facets(selectionOf({ ranges: { width: [range] } }));
      expect(chosen).toMatchObject({ total: count, attributeRanges });
    }
    const both = selectionOf({
      attributes: { width: ['wide'] },
      ranges: { width: [{ unit: 'in', from: undefined, below: 2_000_000 }] },
    });
    expect(index.page(both, pageOf()).ids).toEqual([idAt(1), idAt(2)]);
  });

  it('does not take away what it has not counted, of a product that another attribute leaves out', () => {
    const coloured = (number: number, colour: string, ...widths: number[]) =>
      indexed(number, {
        attributes: [
          { code: 'colour', value: colour },
          ...widths.map((width) => ({ code: 'width', value: `${width} mm` })),
        ],
      });
    const red = Array.from({ length: 14 }, (_, at) => coloured(at, 'red', at + 1));
    const chosen = selectionOf({ attributes: { colour: ['red'] } });
    const alone = storeIndexOf(red).facets(chosen).attributeRanges;
    expect(alone[0]?.ranges.reduce((sum, { count }) => sum + count, 0)).toBe(14);
    const besideBlue = storeIndexOf([...red, coloured(20, 'blue', 1, 2, 13, 14)]);
    expect(besideBlue.facets(chosen).attributeRanges).toEqual(alone);
  });
});
