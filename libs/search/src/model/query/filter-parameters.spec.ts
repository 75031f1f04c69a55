import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { filteredQuery, filterOf, filterParameters } from './filter-parameters.js';

const query = filteredQuery({ ...filterParameters, store: z.string().optional() });

const filter = (given: object) => filterOf(query.parse(given));
const refused = (given: object) =>
  query.safeParse(given).error?.issues.map(({ path, message }) => [path.join('.'), message]);

describe('the parameters of filters', () => {
  it('say what a list is narrowed by, each in the one way to write it', () => {
    expect(filter({})).toEqual({ brands: [], attributes: {} });
    expect(
      filter({
        'filter[brand]': ['B', 'A', 'B'],
        'filter[colour]': 'red',
        'filter[constructor]': ['x'],
        'range[width]': ['10..20 mm', '  30.. mm'],
        'price[min]': '5',
        'price[max]': '9',
        available: 'true',
        since: '2026-11-29',
      }),
    ).toEqual({
      brands: ['A', 'B'],
      attributes: { colour: ['red'], constructor: ['x'] },
      ranges: { width: ['30.. mm', '10..<20.000001 mm'] },
      minPriceMinor: 5,
      maxPriceMinor: 9,
      isAvailable: true,
      since: '2026-11-29',
    });
  });

  it('are refused where they are none, or contradict each other', () => {
    expect(refused({ store: 'main', 'filter[a]': 'x' })).toBeUndefined();
    for (const name of ['colour', 'filter[A]', 'filter[]', 'range', 'constructor', 'toString']) {
      expect(refused({ [name]: 'x' })).toEqual([[name, 'Unknown parameter']]);
    }
    expect(refused({ 'range[a]': '2..1 mm' })).toEqual([
      ['range[a]', expect.stringMatching(/^A range is like/)],
    ]);
    expect(refused({ 'price[min]': '2', 'price[max]': '1' })).toEqual([
      ['price[max]', 'Below price[min]'],
    ]);
    expect(refused({ since: '2026-02-30' })).toEqual([['since', expect.any(String)]]);
  });

  it('name at most ten attributes, by values and ranges together', () => {
    const codes = Array.from({ length: 10 }, (_, index) => `c${index}`);
    const both = Object.fromEntries(
      codes.flatMap((code) => [
        [`filter[${code}]`, 'x'],
        [`range[${code}]`, '1..2'],
      ]),
    );
    expect(refused(both)).toBeUndefined();
    expect(refused({ ...both, 'range[more]': '1..2' })).toEqual([
      ['filter[c0]', 'At most 10 attributes are filtered by'],
    ]);
  });
});
