import { parse } from 'node:querystring';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { CachedOutputRoute } from './cached-output.decorator.js';
import { CachedRoute } from './cached-route.js';

const PATH = '/api/stores/:store/products/:slug';
const output: CachedOutputRoute = {
  options: {
    freshSeconds: 300,
    staleWhileRevalidateSeconds: 30,
    staleIfErrorSeconds: 600,
  },
  querySchema: z
    .object({
      limit: z.coerce.number().int().default(24),
      facets: z.enum(['true', 'false']).default('false'),
      q: z.string().optional(),
    })
    .catchall(
      z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat().sort()),
    ),
};

describe('a request made again from the text its answer is kept under', () => {
  const route = new CachedRoute(PATH, output, {
    sharedSeconds: 5,
    staleWhileRevalidateSeconds: 30,
  });

  /** As the router and the server read a URL. */
  const idOf = (url: string): string | undefined => {
    const { pathname, search } = new URL(url, 'http://localhost');
    const [, , , store = '', , slug = ''] = pathname.split('/');
    const params = { store: decodeURIComponent(store), slug: decodeURIComponent(slug) };
    return route.keyOf({ params, query: parse(search.slice(1)) });
  };

  it('is for the URL that has this text, whatever its parameters are made of', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 15 }),
      fc.constantFrom('a/b', '}{', '{"a":"}{"}', '%2F', 'größe', '商品', '?', '#', '&=+ ', '"'),
    );
    const query = fc.record(
      {
        limit: fc.integer().map(String),
        facets: fc.constantFrom('true', 'false'),
        q: text,
        'filter[color]': fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(text, text, query, (store, slug, asked) => {
        fc.pre(![store, slug].some((each) => ['.', '..'].includes(each)));
        const id = route.keyOf({ params: { store, slug }, query: asked });
        fc.pre(id !== undefined);
        const url = route.urlOf(id ?? '');
        expect(url).toBeDefined();
        expect(idOf(url ?? '')).toBe(id);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    ['of no route', '/api/else {"slug":"a","store":"b"}{"facets":"false","limit":24}'],
    ['without parameters', PATH],
    ['that ends too early', `${PATH} {"slug":"a","store":"b"}{"facets":"fal`],
    ['with one object', `${PATH} {"slug":"a","store":"b"}`],
    ['with a parameter missing', `${PATH} {"slug":"a"}{"facets":"false","limit":24}`],
    ['with a parameter too many', `${PATH} {"id":"1","slug":"a","store":"b"}{"limit":24}`],
    ['that is not in order', `${PATH} {"store":"b","slug":"a"}{"facets":"false","limit":24}`],
    ['without the defaults', `${PATH} {"slug":"a","store":"b"}{}`],
    ['that the schema refuses', `${PATH} {"slug":"a","store":"b"}{"facets":"x","limit":24}`],
    ['that leads elsewhere', `${PATH} {"slug":"..","store":"b"}{"facets":"false","limit":24}`],
    ['that is nothing', ''],
  ])('is not made from a text %s', (_what, id) => {
    expect(route.urlOf(id)).toBeUndefined();
  });
});
