import type { BadRequest } from '../support/bad-request.js';
import { aStore, priceOf } from './bad-request-parts.js';
import { ifMatch } from '../support/staff-accounts.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const validation = { status: 400, code: 'http.validation-failed' } as const;

/** Requests that cannot be read. */
export const malformed: readonly BadRequest[] = [
  {
    name: 'malformed JSON',
    request: () => ['POST', '/stores', { body: '{"code": "x",', headers: JSON_TYPE }],
    ...{ status: 400, code: 'http.malformed-json' },
  },
  {
    name: 'an empty body',
    request: () => ['POST', '/stores', { body: '', headers: JSON_TYPE }],
    ...{ status: 400, code: 'http.validation-failed' },
  },
  {
    name: 'plain text',
    request: () => ['POST', '/stores', { body: 'x', headers: { 'content-type': 'text/plain' } }],
    ...{ status: 415, code: 'http.unsupported-media-type' },
  },
  {
    name: 'XML',
    request: () => [
      ...(['POST', '/stores'] as const),
      { body: '<a/>', headers: { 'content-type': 'application/xml' } },
    ],
    ...{ status: 415, code: 'http.unsupported-media-type' },
  },
  {
    name: 'a body above the limit',
    request: () => ['POST', '/stores', { body: { ...aStore, name: 'x'.repeat(300_000) } }],
    ...{ status: 413, code: 'http.body-too-large' },
  },
  {
    name: 'JSON where a file belongs',
    request: ({ store }) => ['POST', `/imports?store=${store}`, { body: { file: 'x' } }],
    ...{ status: 415, code: 'http.unsupported-media-type' },
  },
  {
    name: 'a path that cannot be decoded',
    request: () => ['GET', '/stores/%zz'],
    ...{ status: 400, code: 'http.bad-request' },
  },
  {
    name: 'an unknown route',
    request: () => ['GET', '/teapots'],
    ...{ status: 404, code: 'http.route-not-found' },
  },
  {
    name: 'a method that the route does not know',
    request: () => ['PUT', '/stores', { body: aStore }],
    ...{ status: 405, code: 'http.method-not-allowed' },
  },
];

/** Requests that do not match their schema. */
export const invalid: readonly BadRequest[] = [
  {
    name: 'a wrong type',
    request: () => ['POST', '/stores', { body: { ...aStore, name: 7 } }],
    ...validation,
    members: { errors: [{ path: 'name' }] },
  },
  {
    name: 'an unknown field',
    request: () => ['POST', '/stores', { body: { ...aStore, colour: 'red' } }],
    ...validation,
  },
  {
    name: 'an attempt on the prototype',
    request: () => [
      ...(['POST', '/stores'] as const),
      { body: `{"__proto__": {"isAdmin": true}}`, headers: JSON_TYPE },
    ],
    ...{ status: 400, code: 'http.malformed-json' },
  },
  {
    name: 'a list where an object belongs',
    request: () => ['POST', '/products', { body: [] }],
    ...validation,
  },
  {
    name: 'a fraction of a cent',
    request: (scene) => [
      ...(['PUT', priceOf(scene)] as const),
      { body: { amount: 9.99 }, headers: ifMatch(scene.product.version) },
    ],
    ...validation,
  },
  {
    name: 'a negative price',
    request: (scene) => [
      ...(['PUT', priceOf(scene)] as const),
      { body: { amount: -1 }, headers: ifMatch(scene.product.version) },
    ],
    ...validation,
  },
  {
    name: 'an unknown query parameter',
    request: ({ store }) => ['GET', `/products?store=${store}&colour=red`],
    ...validation,
  },
  {
    name: 'an id that is none',
    request: ({ store }) => ['GET', `/products/7?store=${store}`],
    ...validation,
  },
  {
    name: 'no scope',
    request: ({ product }) => ['GET', `/products/${product.id}`],
    ...validation,
  },
  {
    name: 'a cursor that was never issued',
    request: ({ store }) => ['GET', `/products?store=${store}&cursor=nonsense`],
    ...{ status: 400, code: 'http.invalid-cursor' },
  },
  {
    name: 'a cursor of another list',
    request: ({ store, foreignCursor }) => [
      'GET',
      `/products?store=${store}&cursor=${foreignCursor}`,
    ],
    ...{ status: 400, code: 'http.invalid-cursor' },
  },
  ...['abc', '-1', '1e3', '99999999999999999999', '', '1'].map((position): BadRequest => ({
    name: `the position "${position}"`,
    request: () => ['GET', '/stores', { headers: { 'lockstep-position': position } }],
    ...{ status: 400, code: 'http.invalid-position' },
  })),
  {
    name: 'a position of another installation',
    request: () => [
      'GET',
      '/stores',
      { headers: { 'lockstep-position': '1@0190b8f0-0000-7000-8000-000000000000' } },
    ],
    ...{ status: 409, code: 'cache.position-unknown' },
  },
];
