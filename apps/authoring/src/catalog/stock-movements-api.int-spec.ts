import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import {
  openBackOffice,
  someStore,
  type BackOffice,
} from '../../../../test/support/back-office.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import { CatalogApiModule } from './catalog-api.module.js';

describeOnEachDatabase('locations and movements of stock in the back office', (open) => {
  let office: BackOffice;
  let stock: string;

  const call = <Body>(
    method: string,
    path: string,
    body?: unknown,
    {
      token = office.token,
      key = randomUUID(),
      version,
    }: { token?: string; key?: string; version?: number } = {},
  ) => {
    const ifMatch = version === undefined ? undefined : { 'if-match': `"${version}"` };
    const headers = { 'idempotency-key': key, ...ifMatch };
    return office.replica.call<Body>(method, path, { token, body, headers });
  };

  beforeAll(async () => {
    office = await openBackOffice(open, [IdentityApiModule, CatalogApiModule]);
    await call('POST', '/stores', someStore);
    const { body } = await call<{ id: string; variants: { id: string }[] }>('POST', '/products', {
      store: 'shop',
      slug: 'cup',
      texts: { en: { name: 'Cup' } },
      variants: [{ sku: 'CUP', stock: { onHand: 3, isTracked: true, allowsBackorder: false } }],
    });
    stock = `/products/${body.id}/variants/${body.variants[0]?.id}/stock`;
  });

  afterAll(async () => {
    await office?.close();
  });

  const move = (body: object, options = {}) =>
    call<{ items: object[] }>('POST', `${stock}/movements?store=shop`, body, options);
  const places = async () =>
    (await call<{ items: object[] }>('GET', `${stock}/locations?store=shop`)).body.items;

  const transfer = { kind: 'transfer', from: 'main', to: 'cellar', quantity: 2, reference: 'T 1' };

  it('are added, moved between, and shown', async () => {
    const cellar = { code: 'cellar', name: 'Cellar' };
    const added = await call('POST', '/locations', { store: 'shop', ...cellar });
    expect(added).toMatchObject({ status: 201, body: cellar });
    expect(await call('GET', '/locations?store=shop')).toMatchObject({
      body: { items: [cellar, { code: 'main' }] },
    });
    const key = randomUUID();
    const moved = [
      { location: 'main', onHand: 1 },
      { location: 'cellar', onHand: 2 },
    ];
    for (const _ of ['first', 'again']) {
      expect(await move(transfer, { key })).toMatchObject({ status: 200, body: { items: moved } });
    }
    expect(
      await move({ kind: 'receipt', location: 'main', quantity: 4, reference: 'D 9' }),
    ).toMatchObject({ status: 200, body: { items: [{ location: 'main', onHand: 5 }] } });
    expect(await places()).toEqual([
      { location: 'cellar', onHand: 2 },
      { location: 'main', onHand: 5 },
    ]);
    expect(await move({ ...transfer, quantity: 6 })).toMatchObject({
      status: 409,
      body: { code: 'inventory.not-enough' },
    });
  });

  it.each([
    ['no reference', { reference: undefined }],
    ['nothing', { quantity: 0 }],
    ['another kind', { kind: 'theft' }],
    ['a code of no form', { to: 'The cellar' }],
  ])('refuse %s', async (_, changes) => {
    const before = await places();
    expect(await move({ ...transfer, ...changes })).toMatchObject({
      status: 400,
      body: { code: 'http.validation-failed' },
    });
    expect(await places()).toEqual(before);
  });

  it('ask for permissions of their own', async () => {
    const role = { name: randomUUID(), permissions: ['catalog:product:update'] };
    const { body } = await call<{ key: string }>('POST', '/api-keys', role);
    const options = { token: body.key };
    expect((await move(transfer, options)).status).toBe(403);
    for (const path of [`${stock}/locations?store=shop`, '/locations?store=shop']) {
      expect((await call('GET', path, undefined, options)).status).toBe(403);
    }
    const added = { store: 'shop', code: 'attic', name: 'Attic' };
    const content = { name: 'Attic', salePriority: 1 };
    const at = '/locations/main?store=shop';
    expect((await call('PUT', at, content, { ...options, version: 1 })).status).toBe(403);
    expect((await call('POST', '/locations', added, options)).status).toBe(403);
  });

  it('say from which locations shoppers are sold, at the version that was seen', async () => {
    type Location = { code: string; salePriority: number | null; version: number };
    const set = (code: string, body: object, version: number) =>
      call<Location>('PUT', `/locations/${code}?store=shop`, body, { version });
    const { body } = await call<{ items: Location[] }>('GET', '/locations?store=shop');
    expect(body.items).toMatchObject([
      { code: 'cellar', salePriority: null, version: 1 },
      { code: 'main', salePriority: 1, version: 1 },
    ]);
    const cellar = { name: 'The cellar', salePriority: 2 };
    expect(await set('cellar', cellar, 1)).toMatchObject({
      status: 200,
      body: { code: 'cellar', ...cellar, version: 2 },
    });
    expect(await set('cellar', cellar, 2)).toMatchObject({ body: { version: 2 } });
    expect((await set('cellar', cellar, 1)).status).toBe(412);
    for (const salePriority of [0, 1_001, 1.5, '1', undefined]) {
      expect((await set('cellar', { ...cellar, salePriority }, 2)).status).toBe(400);
    }
    expect(await set('nowhere', cellar, 1)).toMatchObject({
      status: 404,
      body: { code: 'inventory.location-not-found' },
    });
    expect(await set('main', { name: 'Main', salePriority: null }, 1)).toMatchObject({
      status: 200,
      body: { salePriority: null, version: 2 },
    });
  });

  it('are where orders are fetched, by shipping methods that staff set one by one', async () => {
    const path = '/stores/shop/shipping-methods';
    const set = (method: string, body: object, version: number) =>
      call('PUT', `${path}/${method}`, body, { version });
    const flat = { name: 'Post', countries: [], pricesMinor: { EUR: 490 }, freeFromMinor: {} };
    const rows = { EUR: [{ upTo: null, priceMinor: 700 }] };
    const rates = { by: 'weight', zones: [{ name: 'Everywhere', areas: [], rows }] };
    const address = { name: 'Shop', street: 'Street 1', postalCode: '1', city: 'B', country: 'DE' };
    const fetched = { ...flat, pricesMinor: {}, pickUp: { location: 'main', address } };
    expect(await set('post', flat, 0)).toMatchObject({
      status: 200,
      body: { code: 'post', rates: null, version: 1 },
    });
    expect((await set('post', flat, 0)).status).toBe(412);
    expect(await set('fetched', fetched, 1)).toMatchObject({ body: { version: 2 } });
    expect(await set('post', { ...flat, pricesMinor: {}, rates }, 2)).toMatchObject({
      status: 200,
      body: { rates, version: 3 },
    });
    const nowhere = { ...fetched, pickUp: { location: 'nowhere', address } };
    for (const [method, wrong, place] of [
      ['fetched', nowhere, 'pickUp.location'],
      ['post', { ...flat, rates }, 'pricesMinor'],
      ['post', { ...flat, taxCategory: 'none' }, 'taxCategory'],
      ['Post', flat, 'code'],
    ] as const) {
      const refused = await set(method, wrong, 3);
      expect([method, refused.status]).toEqual([method, 422]);
      expect(JSON.stringify(refused.body)).toContain(`${place}"`);
    }
    const remove = (method: string, version: number) =>
      call('DELETE', `${path}/${method}`, undefined, { version });
    expect((await remove('none', 3)).body).toMatchObject({
      code: 'stores.shipping-method-not-found',
    });
    expect((await remove('fetched', 2)).status).toBe(412);
    expect((await remove('fetched', 3)).status).toBe(204);
    const { body } = await call<{ version: number }>('GET', path);
    expect(body).toMatchObject({ items: [{ code: 'post', rates }], version: 4 });
    const settings = await call<{ shippingMethods: object[] }>(
      'GET',
      '/stores/shop/sales-settings',
    );
    expect(settings.body.shippingMethods).toMatchObject([{ code: 'post', rates }]);
  });
});
