import { describe, expect, it } from '@jest/globals';
import { SearchTagDeriver } from './search-tag.deriver.js';

describe('the tags of lists that follow from a change', () => {
  const storeIds = new Map([
    ['p1', 's1'],
    ['p2', 's2'],
  ]);
  const deriver = new SearchTagDeriver(
    {} as never,
    {
      findById: async (_queries: unknown, id: string) => ({ code: id === 's1' ? 'main' : 'other' }),
    } as never,
    {
      storeIdsOf: async (ids: string[]) =>
        new Map(ids.flatMap((id) => [...storeIds].filter(([known]) => known === id))),
    } as never,
  );

  it('are those of the store of each product, by what has changed of it', async () => {
    expect(await deriver.derive(['prices:p1'])).toEqual(['search-prices:main']);
    expect(await deriver.derive(['availability:p2', 'product:p1'])).toEqual([
      'search-availability:other',
      'search-texts:main',
    ]);
  });

  it('are those of the stores whose lists are named, for a product that is gone', async () => {
    expect(await deriver.derive(['product:gone', 'store-products:main'])).toEqual([
      'search-texts:main',
    ]);
  });

  it('are none where no product has changed', async () => {
    expect(await deriver.derive(['cart:1', 'store-products:main'])).toEqual([]);
  });
});
