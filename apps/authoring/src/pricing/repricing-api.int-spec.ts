import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import {
  openBackOffice,
  someStore,
  type BackOffice,
} from '../../../../test/support/back-office.js';
import { CatalogApiModule } from '../catalog/catalog-api.module.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import { PricingApiModule } from './pricing-api.module.js';

interface Started {
  readonly repricingId: string | null;
  readonly jobId: string | null;
  readonly foreseen: object | null;
}

const NINES = { step: 100, ending: 99, mode: 'down' };

describeOnEachDatabase('/repricings', (open) => {
  let office: BackOffice;

  beforeAll(async () => {
    office = await openBackOffice(open, [IdentityApiModule, CatalogApiModule, PricingApiModule]);
    await call('POST', '/stores', someStore);
    const prices = [{ currency: 'EUR', amount: 2_050 }];
    await call('POST', '/products', {
      store: 'shop',
      slug: 'cup',
      texts: { en: { name: 'Cup' } },
      variants: [{ sku: 'CUP', prices }],
    });
  });

  afterAll(async () => {
    await office?.close();
  });

  const call = <Body>(
    method: string,
    path: string,
    body?: unknown,
    { token = office.token, key = randomUUID() }: { token?: string; key?: string } = {},
  ) => {
    const headers = { 'idempotency-key': key };
    return office.replica.call<Body>(method, path, { token, body, headers });
  };

  const bodyOf = (changes: object = {}) => ({
    store: 'shop',
    currency: 'EUR',
    filter: { all: true },
    change: { kind: 'percent', percentPpm: -100_000 },
    rounding: NINES,
    ...changes,
  });

  const listed = async () =>
    (await call<{ items: { id: string }[] }>('GET', '/repricings?store=shop')).body.items;

  it('answers a dry run with counts and prices, and accepts nothing', async () => {
    const answer = await call<Started>('POST', '/repricings', bodyOf({ dryRun: true }));
    expect(answer).toMatchObject({
      status: 200,
      body: {
        repricingId: null,
        jobId: null,
        foreseen: {
          products: 1,
          foreseenProducts: 1,
          changed: 1,
          unchanged: 0,
          skipped: 0,
          sample: [{ outcome: 'changed', before: { amount: 2_050 }, after: { amount: 1_799 } }],
        },
      },
    });
    expect(await listed()).toEqual([]);
  });

  it.each([
    ['no filter', { filter: {} }],
    ['everything and something', { filter: { all: true, brand: 'Acme' } }],
    ['a filter that is not known', { filter: { color: 'red' } }],
    ['no SKU', { filter: { skus: [] } }],
    ['a change of another kind', { change: { kind: 'double' } }],
    ['a percentage and an amount', { change: { kind: 'percent', percentPpm: 1, amount: 1 } }],
    ['a negative price', { change: { kind: 'set', amount: -1 } }],
    ['half a unit', { change: { kind: 'amount', amount: 0.5 } }],
    ['more than everything off', { change: { kind: 'percent', percentPpm: -1_000_001 } }],
    ['no step', { rounding: { step: 0 } }],
    ['a currency of no form', { currency: 'euro' }],
  ])('refuses %s', async (_, changes) => {
    const answer = await call<{ code: string }>('POST', '/repricings', bodyOf(changes));
    expect(answer).toMatchObject({ status: 400, body: { code: 'http.validation-failed' } });
    expect(await listed()).toEqual([]);
  });

  it('refuses an ending that the step does not reach, and a request without a key', async () => {
    const ending = bodyOf({ rounding: { step: 100, ending: 100 } });
    expect(await call('POST', '/repricings', ending)).toMatchObject({
      status: 422,
      body: { code: 'pricing.repricing-invalid', errors: [{ path: 'rounding.ending' }] },
    });
    const { token } = office;
    const keyless = await office.replica.call('POST', '/repricings', { token, body: bodyOf() });
    expect(keyless).toMatchObject({ status: 400, body: { code: 'http.idempotency-key-required' } });
    expect(await listed()).toEqual([]);
  });

  it('asks for permissions of its own', async () => {
    const allowed = async (permissions: readonly string[]) => {
      const role = { name: randomUUID(), permissions };
      const key = await call<{ key: string }>('POST', '/api-keys', role);
      return { token: key.body.key };
    };
    const reader = await allowed(['pricing:repricing:read', 'catalog:product:update']);
    const writer = await allowed(['pricing:repricing:create']);
    const at = `/repricings/${randomUUID()}`;
    expect((await call('POST', '/repricings', bodyOf(), reader)).status).toBe(403);
    expect((await call('POST', `${at}/undo?store=shop`, undefined, reader)).status).toBe(403);
    for (const path of ['/repricings?store=shop', `${at}?store=shop`, `${at}/prices?store=shop`]) {
      expect((await call('GET', path, undefined, writer)).status).toBe(403);
    }
  });

  it('accepts one once for a key, shows it, and does not undo it before it has ended', async () => {
    const key = randomUUID();
    const started = await call<Started>('POST', '/repricings', bodyOf(), { key });
    expect(started).toMatchObject({ status: 202, body: { foreseen: null } });
    expect(await call('POST', '/repricings', bodyOf(), { key })).toMatchObject({
      status: 202,
      body: started.body,
    });
    const { repricingId: id, jobId } = started.body;
    const shown = {
      id,
      jobId,
      store: 'shop',
      currency: 'EUR',
      kind: 'change',
      products: 1,
      done: 0,
    };
    expect(await call('GET', `/repricings/${id}?store=shop`)).toMatchObject({
      status: 200,
      body: { ...shown, undoes: null, undoneBy: null, changed: 0, unchanged: 0, skipped: 0 },
    });
    expect(await listed()).toMatchObject([shown]);
    expect(await call('GET', `/repricings/${id}/prices?store=shop&outcome=changed`)).toMatchObject({
      status: 200,
      body: { items: [], nextCursor: null },
    });
    expect(await call('POST', `/repricings/${id}/undo?store=shop`)).toMatchObject({
      status: 409,
      body: { code: 'pricing.repricing-under-way' },
    });
    expect(await call('GET', `/repricings/${id}?store=other`)).toMatchObject({
      status: 404,
      body: { code: 'pricing.repricing-not-found' },
    });
  });
});
