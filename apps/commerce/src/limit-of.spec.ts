import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { limitOf } from './limit-of.js';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const { paths } = JSON.parse(readFileSync('docs/openapi/commerce.json', 'utf8')) as Document;
const routes = Object.entries(paths).flatMap(([path, operations]) =>
  Object.keys(operations).map((method) => ({
    method: method.toUpperCase(),
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
  })),
);

it('limits every route of the storefront but the reports of a provider', () => {
  const limited = routes.filter(({ url }) => /^\/(api|media)\//.test(url));
  expect(limited.length).toBeGreaterThan(40);
  const unlimited = limited.filter(({ method, url }) => limitOf(method, url) === undefined);
  expect(unlimited).toEqual([{ method: 'POST', url: '/api/v1/payments/webhooks/card' }]);
});

it.each([
  ['POST', '/api/v1/stores/:store/sessions', 'sign-in'],
  ['POST', '/api/v1/stores/:store/customers', 'sign-in'],
  ['POST', '/api/v1/stores/:store/customers/verification', 'sign-in'],
  ['POST', '/api/v1/stores/:store/password-resets', 'sign-in'],
  ['PUT', '/api/v1/customers/me/password', 'sign-in'],
  ['POST', '/api/v1/stores/:store/carts', 'carts'],
  ['GET', '/api/v1/carts/:id', 'carts'],
  ['POST', '/api/v1/carts/:id/checkout', 'checkout'],
  ['POST', '/api/v1/orders/:number/payment', 'checkout'],
  ['GET', '/api/v1/customers/me/orders', 'account'],
  ['GET', '/api/v1/orders/:number', 'account'],
  ['GET', '/api/v1/stores/:store/products', 'search'],
  ['GET', '/api/v1/stores/:store/products/:slug', 'reads'],
  ['GET', '/media/:folder/:file', 'reads'],
  ['GET', '/health/live', undefined],
  ['GET', '/metrics', undefined],
  ['OPTIONS', '/api/v1/carts/:id', undefined],
])('takes %s %s for %s', (method, url, limit) => {
  expect(limitOf(method, url)).toBe(limit);
});
