import type { BadRequest, BadRequestScene } from '../support/bad-request.js';
import { ifMatch } from '../support/staff-accounts.js';
import { aStore, priceOf, productOf } from './bad-request-parts.js';
import { invalid, malformed } from './malformed-request-table.js';

const UNKNOWN_ID = '01900000-0000-7000-8000-000000000000';

const notFound = { status: 404, code: 'catalog.product-not-found' } as const;

const preconditions: readonly BadRequest[] = [
  ...(
    [
      ['PUT', priceOf, { amount: 1 }],
      ['PATCH', productOf, { brand: 'Other' }],
      ['DELETE', productOf, undefined],
      ['PATCH', ({ store }: BadRequestScene) => `/stores/${store}`, { name: 'Other' }],
      ['DELETE', ({ store }: BadRequestScene) => `/stores/${store}`, undefined],
    ] as const
  ).flatMap(([method, path, body]): BadRequest[] => {
    const what = `${method} ${path === priceOf ? 'a price' : path === productOf ? 'a product' : 'a store'}`;
    const call = (headers: Record<string, string>) => ({
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return [
      {
        name: `${what} without If-Match`,
        request: (scene) => [method, path(scene), call({})],
        status: 428,
        code: 'http.precondition-required',
      },
      {
        name: `${what} with a stale If-Match`,
        request: (scene) => [method, path(scene), call(ifMatch(999))],
        status: 412,
        code: 'http.stale-version',
        members: { currentVersion: 1 },
      },
      {
        name: `${what} with an If-Match of any version`,
        request: (scene) => [method, path(scene), call({ 'if-match': '*' })],
        status: 400,
        code: 'http.invalid-precondition',
      },
    ];
  }),
];

const foreign: readonly BadRequest[] = [
  {
    name: 'reading a product of another store',
    request: ({ store, foreign: { id } }) => ['GET', `/products/${id}?store=${store}`],
    ...notFound,
  },
  {
    name: 'changing a product of another store',
    request: ({ store, foreign: { id, version } }) => [
      ...(['PATCH', `/products/${id}?store=${store}`] as const),
      { body: { brand: 'Mine' }, headers: ifMatch(version) },
    ],
    ...notFound,
  },
  {
    name: 'removing a product of another store',
    request: ({ store, foreign: { id, version } }) => [
      ...(['DELETE', `/products/${id}?store=${store}`] as const),
      { headers: ifMatch(version) },
    ],
    ...notFound,
  },
  {
    name: 'pricing a variant of another product',
    request: ({ store, product: { id, version }, sibling: { variantId } }) => [
      ...(['PUT', `/products/${id}/variants/${variantId}/prices/EUR?store=${store}`] as const),
      { body: { amount: 1 }, headers: ifMatch(version) },
    ],
    status: 404,
    code: 'catalog.variant-not-found',
  },
  {
    name: 'taking over a variant of another product',
    request: ({ foreign: { variantId }, product, ...scene }) => [
      ...(['PATCH', productOf({ ...scene, foreign: product, product })] as const),
      { body: { variants: [{ id: variantId }] }, headers: ifMatch(product.version) },
    ],
    status: 404,
    code: 'catalog.variant-not-found',
  },
  {
    name: 'moving a product into a category of another store',
    request: (scene) => [
      ...(['PATCH', productOf(scene)] as const),
      {
        body: { categoryId: scene.foreignCategoryId },
        headers: ifMatch(scene.product.version),
      },
    ],
    status: 404,
    code: 'catalog.category-not-found',
  },
  {
    name: 'an import that does not exist',
    request: () => ['GET', `/imports/${UNKNOWN_ID}`],
    status: 404,
    code: 'catalog.import-not-found',
  },
  {
    name: 'a job that does not exist',
    request: () => ['POST', `/jobs/${UNKNOWN_ID}/cancel`],
    status: 404,
    code: 'jobs.not-found',
  },
];

const credentials: readonly BadRequest[] = [
  { name: 'no token', token: () => null },
  { name: 'a garbage token', token: () => 'garbage' },
  { name: 'a made-up token', token: () => `lst_${'a'.repeat(43)}` },
].map(({ name, token }) => ({
  name,
  request: () => ['POST', '/stores', { body: aStore, token: token() }] as const,
  status: 401,
  code: 'identity.not-authenticated',
}));

const rights: readonly BadRequest[] = [
  {
    name: 'an expired token',
    request: ({ expiredToken: token }) => ['POST', '/stores', { body: aStore, token }],
    status: 401,
    code: 'identity.session-expired',
  },
  {
    name: 'an API key without the permission',
    request: ({ limitedToken: token }) => ['POST', '/stores', { body: aStore, token }],
    status: 403,
    code: 'identity.permission-missing',
  },
  {
    name: 'a wrong password',
    request: () => [
      ...(['POST', '/sessions'] as const),
      { body: { email: 'staff@lockstep.example', password: 'wrong password' } },
    ],
    status: 401,
    code: 'identity.credentials-wrong',
  },
];

const conflicts: readonly BadRequest[] = [
  {
    name: 'a store code that is taken',
    request: ({ store }) => ['POST', '/stores', { body: { ...aStore, code: store } }],
    status: 409,
    code: 'catalog.store-code-taken',
  },
  {
    name: 'a slug that is taken',
    request: ({ store, product: { slug } }) => [
      ...(['POST', '/products'] as const),
      { body: { store, slug, texts: { en: { name: 'Copy' } }, variants: [{}] } },
    ],
    status: 409,
    code: 'catalog.slug-taken',
  },
  {
    name: 'a currency that the store does not sell in',
    request: (scene) => [
      ...(['PUT', priceOf(scene).replace('EUR', 'GBP')] as const),
      { body: { amount: 1 }, headers: ifMatch(0) },
    ],
    status: 422,
    code: 'pricing.price-invalid',
  },
  {
    name: 'a store that is not empty',
    request: ({ store }) => ['DELETE', `/stores/${store}`, { headers: ifMatch(1) }],
    status: 409,
    code: 'catalog.store-in-use',
  },
];

export const badRequests = {
  malformed,
  invalid,
  preconditions,
  foreign,
  credentials: [...credentials, ...rights],
  conflicts,
};
