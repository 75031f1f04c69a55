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
    { token = office.token, key = randomUUID() }: { token?: string; key?: string } = {},
  ) => {
    const headers = { 'idempotency-key': key };
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
  }, 60_000);

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
    expect((await call('POST', '/locations', added, options)).status).toBe(403);
  });
});
