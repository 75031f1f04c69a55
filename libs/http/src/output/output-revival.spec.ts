import { parse } from 'node:querystring';
import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { OutputCache, OutputReviver } from '#libs/cache';
import type { CachedOutputRoute } from './cached-output.decorator.js';
import { CachedRoute } from './cached-route.js';
import type { FinishedAnswer } from './finished-answer.js';
import { KnownRequests } from './known-requests.js';
import type { OutputRebuilds } from './output-rebuilds.js';
import { OutputRevival } from './output-revival.js';

// Making arbitrary texts takes seconds on a busy machine.
jest.setTimeout(60_000);

const PATH = '/api/stores/:store/products/:slug';
const output: CachedOutputRoute = {
  options: {
    freshSeconds: 300,
    sharedSeconds: 5,
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
  let built: string[];
  let reviver: OutputReviver<FinishedAnswer>;
  const route = new CachedRoute(PATH, output);

  beforeEach(() => {
    built = [];
    const rebuilds = {
      rebuild: (url: string) => Promise.resolve(void built.push(url)),
    } as unknown as OutputRebuilds;
    const cache = {
      reviveWith: (given: typeof reviver) => {
        reviver = given;
      },
    } as unknown as OutputCache<FinishedAnswer>;
    const known = new KnownRequests();
    known.routes.push(route);
    new OutputRevival(rebuilds, known, cache).install();
  });

  /** As the router and the server read a URL. */
  const idOf = (url: string): string | undefined => {
    const { pathname, search } = new URL(url, 'http://localhost');
    const [, , , store = '', , slug = ''] = pathname.split('/');
    const params = { store: decodeURIComponent(store), slug: decodeURIComponent(slug) };
    return route.keys.keyOf({ params, query: parse(search.slice(1)) });
  };

  it('is for the URL that has this text, whatever its parameters are made of', async () => {
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
    await fc.assert(
      fc.asyncProperty(text, text, query, async (store, slug, asked) => {
        fc.pre(![store, slug].some((each) => ['.', '..'].includes(each)));
        const id = route.keys.keyOf({ params: { store, slug }, query: asked });
        fc.pre(id !== undefined);
        built = [];
        const request = reviver.revive(id ?? '');
        expect(request?.id).toBe(id);
        await request?.rebuild();
        expect(built.map(idOf)).toEqual([id]);
        await request?.build();
        expect(built).toHaveLength(2);
      }),
      { numRuns: 30 },
    );
  });

  it('lives as long as the answers of its route', () => {
    const id = `${PATH} {"slug":"a","store":"b"}{"facets":"false","limit":24}`;
    expect(reviver.revive(id)?.life).toEqual(route.life);
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
    expect(reviver.revive(id)).toBeUndefined();
  });

  it('takes answers for the same when their bodies are', () => {
    const answer = (body: string) => ({ body: Buffer.from(body) }) as FinishedAnswer;
    expect(reviver.isSame(answer('a'), answer('a'))).toBe(true);
    expect(reviver.isSame(answer('a'), answer('b'))).toBe(false);
  });
});
