import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFleet, type RunningFleet } from '#libs/testing';
import { DocumentChecker, type Operation } from '../support/document-checker.js';
import {
  DocumentedShop,
  fill,
  NOBODY,
  SLUG,
  STORE,
  withQuery,
} from '../support/documented-shop.js';
import type { Call, ReplicaClient } from '../support/replica-client.js';
import { fillCart } from '../support/shop-client.js';
import { ifMatch } from '../support/staff-accounts.js';

/** The answers of running replicas against docs/openapi: every GET route, and what a client does wrong. */
describe('the API documents', () => {
  const commerceDocument = new DocumentChecker('commerce');
  const authoringDocument = new DocumentChecker('authoring');
  let fleet: RunningFleet;
  let shop: DocumentedShop;
  let staff: ReplicaClient;
  let shopper: ReplicaClient;
  let customer: ReplicaClient;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 1, authoring: 1 });
    shop = await DocumentedShop.open(fleet);
    ({ staff, shopper, customer } = shop);
  });

  afterAll(() => fleet?.stop());

  it('say what every GET route of a commerce replica answers', async () => {
    const headers = shop.held;
    for (const [path, operation] of commerceDocument.gets) {
      const isOwn = path.startsWith('/api/v1/customers/me');
      const client = isOwn ? customer : shopper;
      const route = shop.storefrontRoute(path, operation);
      await expectDeclared(client, 'GET', route, operation, 200, { headers });
      const nonsense = `${route}${route.includes('?') ? '&' : '?'}nonsense=1`;
      await expectDeclared(client, 'GET', nonsense, operation, 400, { headers });
      if (isOwn) await expectRefused(shopper, route, operation, { headers });
      if (!path.includes('{')) continue;
      const nothing = { store: 'nowhere', slug: 'none', id: NOBODY, number: 'none' };
      const gone = withQuery(fill(path, nothing), operation);
      await expectDeclared(client, 'GET', gone, operation, 404, { headers });
    }
  });

  it('say what every GET route of an authoring replica answers', async () => {
    for (const [path, operation] of authoringDocument.gets) {
      const route = await shop.backOfficeRoute(path, operation, authoringDocument);
      await expectDeclared(staff, 'GET', route, operation, 200);
      await expectRefused(staff, route, operation, { token: null });
      if (path.endsWith('{id}')) {
        const gone = withQuery(fill(path, { id: NOBODY }), operation);
        await expectDeclared(staff, 'GET', gone, operation, 404);
        const malformed = withQuery(fill(path, { id: 'x' }), operation);
        await expectDeclared(staff, 'GET', malformed, operation, 400);
      }
    }
  });

  it('say how lists and attribute filters are sent', async () => {
    const path = '/api/v1/stores/{store}/products';
    const operation = commerceDocument.operation('GET', path);
    const lists = operation.parameters?.filter(({ schema }) => schema?.type === 'array');
    expect(lists?.map(({ name, style }) => [name, style])).toEqual([['filter[brand]', 'form']]);
    const objects = operation.parameters?.filter(({ style }) => style === 'deepObject');
    expect(objects?.map(({ name }) => name)).toEqual(['range', 'filter']);
    const countOf = async (query: string) => {
      const route = `${fill(path, { store: STORE })}?${query}`;
      const { items } = await expectDeclared<{ items: unknown[] }>(
        shopper,
        'GET',
        route,
        operation,
        200,
      );
      return items.length;
    };
    expect(await countOf('filter[brand]=Akkumar')).toBe(1);
    expect(await countOf('filter[brand]=Lumo&filter[brand]=Akkumar')).toBe(1);
    expect(await countOf('filter[brand]=Lumo')).toBe(0);
    expect(await countOf('filter[voltage_v]=12&facets=true')).toBe(1);
    expect(await countOf('filter%5Bvoltage_v%5D=18')).toBe(0);
  });

  it('say how a refused write is answered', async () => {
    const path = '/api/v1/products/{id}';
    const { product } = shop;
    const route = `${fill(path, { id: product.id })}?store=${STORE}`;
    const patch = authoringDocument.operation('PATCH', path);
    const write = (status: number, headers: Record<string, string>, body: unknown, id = route) =>
      expectDeclared(staff, 'PATCH', id, patch, status, { headers, body });
    const current = { 'if-match': `"${product.version}"` };
    await write(428, {}, { brand: 'X' });
    await write(412, { 'if-match': '"4711"' }, { brand: 'X' });
    await write(400, current, { unknown: 1 });
    await write(415, { ...current, 'content-type': 'text/plain' }, 'brand');
    await write(404, current, { brand: 'X' }, `${fill(path, { id: NOBODY })}?store=${STORE}`);
    await write(200, current, { brand: 'X' });
    const create = authoringDocument.operation('POST', '/api/v1/products');
    const twice = { store: STORE, slug: SLUG, texts: { en: { name: 'Drill' } }, variants: [{}] };
    await expectDeclared(staff, 'POST', '/products', create, 409, { body: twice });
    const unnamed = { ...twice, slug: 'unnamed', texts: { xx: { name: 'Drill' } } };
    await expectDeclared(staff, 'POST', '/products', create, 422, { body: unnamed });
    const signingIn = authoringDocument.operation('POST', '/api/v1/sessions');
    const wrong = { email: 'nobody@example.com', password: 'not the password' };
    await expectDeclared(staff, 'POST', '/sessions', signingIn, 401, {
      token: null,
      body: wrong,
    });
  });

  it('say what trying a promotion on a cart answers', async () => {
    const { body: customers } = await staff.get<{ items: { id: string; version: number }[] }>(
      `/customers?store=${STORE}`,
    );
    const [{ id: customerId, version } = { id: '', version: 0 }] = customers.items;
    const group = { code: 'tried', name: 'Tried' };
    await staff.expect(201, 'POST', `/customer-groups?store=${STORE}`, { body: group });
    await staff.expect(200, 'PATCH', `/customers/${customerId}?store=${STORE}`, {
      headers: ifMatch(version),
      body: { group: 'tried' },
    });
    const path = '/api/v1/promotions/trials';
    const operation = authoringDocument.operation('POST', path);
    const items = { kind: 'all' };
    const draft = {
      name: 'Draft',
      conditions: [{ kind: 'customer-group', groups: ['tried'] }],
      reward: { kind: 'percent', percentPpm: 500_000, items },
    };
    const attempt = (status: number, promotion: object, cart: object) =>
      expectDeclared<{ isApplied: boolean; reason: string | null }>(
        staff,
        'POST',
        '/promotions/trials',
        operation,
        status,
        { body: { store: STORE, promotion, cart } },
      );
    const bits = { items: [{ sku: 'BIT', quantity: 2 }] };
    expect(await attempt(200, { draft }, { ...bits, customerId })).toMatchObject({
      isApplied: true,
      checks: expect.arrayContaining([
        { kind: 'customer-group', condition: 0, isMet: true, reason: null, actual: null },
      ]),
    });
    expect(await attempt(200, { draft }, bits)).toMatchObject({ reason: 'other-customer-group' });
    const open = await fillCart(shopper, STORE, [{ sku: 'BIT', quantity: 1 }]);
    await attempt(200, { draft }, { id: open.held.id });
    await attempt(404, { draft }, { id: NOBODY });
    await attempt(404, { id: NOBODY }, bits);
    await attempt(404, { draft }, { ...bits, customerId: NOBODY });
    await attempt(400, { draft }, { items: [] });
    await attempt(422, { draft }, { items: [{ sku: 'NONE', quantity: 1 }] });
    const dear = { ...draft, currency: 'XXX', reward: { kind: 'amount', amountMinor: 1, items } };
    await attempt(422, { draft: dear }, bits);
  });

  it('say what placing an order for somebody answers', async () => {
    const address = { name: 'Ada', street: 'Hauptstraße 1', city: 'Berlin' };
    const order = {
      store: STORE,
      email: 'phone@example.com',
      items: [{ sku: 'BIT', quantity: 1, agreedPrice: { amount: 1, reason: 'a scratch' } }],
      shippingMethod: 'post',
      shippingAddress: { ...address, postalCode: '10115', country: 'DE' },
      paymentMethod: 'manual',
    };
    const quoting = authoringDocument.operation('POST', '/api/v1/orders/quotes');
    const quote = (status: number, body: object) =>
      expectDeclared<{ total: object }>(staff, 'POST', '/orders/quotes', quoting, status, {
        body,
      });
    const { total: expectedTotal } = await quote(200, order);
    await quote(400, { ...order, items: [] });
    await quote(404, { ...order, customerId: NOBODY });
    await quote(422, { ...order, items: [{ sku: 'NONE', quantity: 1 }] });
    const placing = authoringDocument.operation('POST', '/api/v1/orders');
    const place = (status: number, body: object, key: string) =>
      expectDeclared<{ number: string }>(staff, 'POST', '/orders', placing, status, {
        headers: { 'idempotency-key': key },
        body,
      });
    const placed = await place(201, { ...order, expectedTotal }, 'phone');
    expect(await place(201, { ...order, expectedTotal }, 'phone')).toEqual(placed);
    await place(422, { ...order, expectedTotal, coupons: [], email: 'x@example.com' }, 'phone');
    await place(422, { ...order, expectedTotal, shippingMethod: null }, 'incomplete');
    const other = { amount: 0, currency: 'EUR' };
    await place(409, { ...order, expectedTotal: other }, 'other');
  });

  /** Asks, and expects the status and an answer that is as declared. */
  async function expectDeclared<Body = unknown>(
    client: ReplicaClient,
    method: string,
    route: string,
    operation: Operation,
    status: number,
    call: Call = {},
  ): Promise<Body> {
    const reply = await client.call<Body>(method, route, call);
    const document = documentOf(client);
    expect({ route, status: reply.status, body: reply.body }).toMatchObject({ route, status });
    expect({ method, route, deviations: document.deviations(operation, reply) }).toEqual({
      ...{ method, route },
      deviations: [],
    });
    return reply.body;
  }

  /** Expects the very problem that the document shows to a caller without a session. */
  async function expectRefused(client: ReplicaClient, route: string, on: Operation, call: Call) {
    const { code } = await expectDeclared<{ code: string }>(client, 'GET', route, on, 401, call);
    expect({ route, code }).toEqual({ route, code: documentOf(client).exampleCode(on, 401) });
  }

  const documentOf = (client: ReplicaClient) =>
    client === staff ? authoringDocument : commerceDocument;
});
