import { describe, expect, it } from '@jest/globals';
import { indexed, pageOf, selectionOf, storeIndexOf } from '../../../test/indexed-products.js';

const NAMES = ['brake pad', 'pad for a brake', 'brake', 'pads and brakes', 'brake pad brake pad'];

/** Every name with every level of popularity, some of them not to be had, in no order of what they score. */
const products = Array.from({ length: 16 * NAMES.length }, (_, number) => {
  const name = NAMES[(number * 3) % NAMES.length] as string;
  return indexed(number, {
    names: { en: name },
    texts: [{ field: 'name', text: name }],
    popularity: (number * 7) % 16,
    availability: number % 3 === 0 ? 'out-of-stock' : 'in-stock',
  });
});

const idsOf = (q: string, limit: number) =>
  storeIndexOf(products).page(selectionOf({ q }), pageOf({ sort: 'relevance', limit })).ids;

describe('a page by relevance', () => {
  it.each(['brake', 'brake pad', 'pad brake', 'pads', 'bra'])(
    'is the beginning of the whole list, however short it is: %s',
    (q) => {
      const all = idsOf(q, products.length);
      expect(all.length).toBeGreaterThan(products.length / 2);
      for (let limit = 1; limit < all.length; limit += 1) {
        expect(idsOf(q, limit)).toEqual(all.slice(0, limit));
      }
    },
  );

  it('has of those with one score the newest, whichever word they answer by', () => {
    const alike = Array.from({ length: 10 }, (_, number) =>
      indexed(number, { texts: [{ field: 'name', text: number % 2 === 0 ? 'lamp' : 'lamb' }] }),
    );
    const page = pageOf({ sort: 'relevance', limit: 4 });
    const { ids } = storeIndexOf(alike).page(selectionOf({ q: 'lam' }), page);
    const newest = alike.slice(-4).map(({ id }) => id);
    expect(ids).toEqual(newest.reverse());
  });
});
