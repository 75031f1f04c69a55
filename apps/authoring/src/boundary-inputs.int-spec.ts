import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { openBackOffice, type BackOffice } from '../../../test/support/back-office.js';
import type { StaffReplica } from '../../../test/support/staff-replica.js';
import { CatalogApiModule } from './catalog/catalog-api.module.js';
import { IdentityApiModule } from './identity/identity-api.module.js';

interface Schema {
  readonly type?: string;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

interface OpenApi {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<string, { requestBody?: { content: Readonly<Record<string, { schema: Schema }>> } }>
      >
    >
  >;
}

interface Limit {
  readonly path: readonly (string | number)[];
  readonly maxLength: number;
}

const openApi = JSON.parse(readFileSync('docs/openapi/authoring.json', 'utf8')) as OpenApi;

/** Bodies that are accepted; every text of theirs that the document bounds is tried at its bound. */
const bodies: Readonly<Record<string, () => object>> = {
  '/api/v1/stores': () => ({
    code: `s-${newId().slice(-12)}`,
    name: 'A store',
    currencies: ['EUR'],
    locales: ['en'],
    defaultCurrency: 'EUR',
    defaultLocale: 'en',
  }),
  '/api/v1/categories': () => ({ store: 'main', parentId: null, names: { en: 'A category' } }),
  '/api/v1/products': () => ({
    store: 'main',
    status: 'active',
    brand: 'Acme',
    texts: { en: { name: 'A product', descriptionHtml: 'a', seoTitle: 'a', seoDescription: 'a' } },
    options: ['Axle'],
    attributes: [{ code: 'colour', value: 'red' }],
    images: [{ url: '/a.png', alt: 'a' }],
    variants: [{ sku: newId(), barcode: 'a', optionValues: ['Front'], imageUrl: '/a.png' }],
  }),
  '/api/v1/roles': () => ({ name: newId(), permissions: ['catalog:product:read'] }),
  '/api/v1/users': () => ({
    email: `${newId()}@example.com`,
    name: 'A name',
    password: 'quite a long sentence, never seen',
    roleIds: [],
  }),
  '/api/v1/api-keys': () => ({ name: 'A key', permissions: ['catalog:product:read'] }),
};

function limitsOf(schema: Schema, value: unknown, path: Limit['path'] = []): Limit[] {
  const option = schema.anyOf?.find(({ type }) => type !== 'null');
  if (option !== undefined) return limitsOf(option, value, path);
  if (typeof value === 'string') {
    return schema.maxLength === undefined ? [] : [{ path, maxLength: schema.maxLength }];
  }
  if (Array.isArray(value)) {
    return schema.items === undefined ? [] : limitsOf(schema.items, value[0], [...path, 0]);
  }
  if (typeof value !== 'object' || value === null) return [];
  const { additionalProperties: others } = schema;
  return Object.entries(value).flatMap(([name, part]) => {
    const found = schema.properties?.[name] ?? (typeof others === 'object' ? others : undefined);
    return found === undefined ? [] : limitsOf(found, part, [...path, name]);
  });
}

function withText(body: unknown, [step, ...rest]: Limit['path'], text: string): unknown {
  if (step === undefined) return text;
  const copy = Array.isArray(body) ? [...(body as unknown[])] : { ...(body as object) };
  const parts = copy as Record<string | number, unknown>;
  parts[step] = withText(parts[step], rest, text);
  return copy;
}

/** As long as the bound allows, in characters that databases count or fold differently. */
const fillings: readonly ((max: number) => string)[] = [
  (max) => 'x'.repeat(max),
  (max) => '\u{10400}'.repeat(Math.floor(max / 2)),
  (max) => `${'\u{10400}'.repeat(40)} `.repeat(Math.ceil(max / 81)).slice(0, max - 1),
  // Folding makes eighteen letters of one.
  (max) => '\uFDFA'.repeat(max),
];

describeOnEachDatabase('a text at the bound of its length', (open) => {
  let office: BackOffice;
  let replica: StaffReplica;
  let token: string;

  beforeAll(async () => {
    office = await openBackOffice(open, [IdentityApiModule, CatalogApiModule]);
    ({ replica, token } = office);
    const store = { ...bodies['/api/v1/stores']?.(), code: 'main' };
    await post('/stores', store);
  });

  afterAll(async () => {
    await office?.close();
  });

  const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    replica.call('POST', path, { token, body, headers });

  it.each(Object.entries(bodies))(
    'is stored or refused by %s, and never fails',
    async (path, make) => {
      const schema =
        openApi.paths[path]?.['post']?.requestBody?.content['application/json']?.schema ?? {};
      const route = path.replace('/api/v1', '');
      expect((await post(route, make())).status).toBe(201);
      const limits = limitsOf(schema, make());
      expect(limits.length).toBeGreaterThan(0);
      const surprises: string[] = [];
      for (const { path: where, maxLength } of limits) {
        for (const [index, fill] of fillings.entries()) {
          const { status } = await post(route, withText(make(), where, fill(maxLength)));
          if (status >= 500) surprises.push(`${where.join('.')}, filling ${index}: ${status}`);
        }
        const { status } = await post(route, withText(make(), where, 'x'.repeat(maxLength + 1)));
        if (status !== 400) surprises.push(`${where.join('.')}, one too long: ${status}`);
      }
      expect(surprises).toEqual([]);
    },
  );

  it.each([100, 101, 128, 129])('is harmless in a request id of %i characters', async (length) => {
    const given = 'r'.repeat(length);
    const answer = await post('/roles', bodies['/api/v1/roles']?.(), { 'x-request-id': given });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-request-id') === given).toBe(length <= 100);
  });
});
