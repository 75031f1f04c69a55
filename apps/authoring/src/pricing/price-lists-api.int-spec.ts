import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { relativeListLimits } from '#libs/pricing';
import { insertRows, PrimaryReader, sql, UnitOfWork } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import {
  openBackOffice,
  someStore,
  type BackOffice,
} from '../../../../test/support/back-office.js';
import { CatalogApiModule } from '../catalog/catalog-api.module.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import { PricingApiModule } from './pricing-api.module.js';

type PriceListRow = Readonly<Record<string, string | number | null>>;

interface Listed {
  readonly id: string;
  readonly version: number;
}

describeOnEachDatabase('/price-lists', (open) => {
  let office: BackOffice;

  beforeAll(async () => {
    office = await openBackOffice(open, [IdentityApiModule, CatalogApiModule, PricingApiModule]);
    await call('POST', '/stores', someStore);
  });

  afterAll(async () => {
    await office?.close();
  });

  const call = <Body>(
    method: string,
    path: string,
    body?: unknown,
    { token = office.token, version }: { token?: string; version?: number } = {},
  ) => {
    const headers: Record<string, string> =
      version === undefined ? {} : { 'if-match': `"${version}"` };
    return office.replica.call<Body>(method, path, { token, body, headers });
  };

  const content = {
    code: 'trade',
    name: 'Trade',
    currency: 'EUR',
    priority: 10,
    customerGroup: 'trade',
    validFrom: '2026-06-01T00:00:00.000Z',
    change: { kind: 'percent', percentPpm: -100_000 },
    rounding: { step: 100, ending: 99 },
  };
  const shown = {
    ...content,
    validUntil: null,
    rounding: { ...content.rounding, mode: 'nearest' },
  };
  const items = async () =>
    (await call<{ items: Listed[] }>('GET', '/price-lists?store=shop')).body.items;

  it.each([
    ['a price that is set', { change: { kind: 'set', amount: 100 } }],
    ['no group', { customerGroup: undefined }],
    ['the place of base lists', { priority: 0 }],
    ['a code of no form', { code: 'Trade list' }],
    ['a day', { validFrom: '2026-06-01' }],
    ['a field that is not known', { state: 'active' }],
  ])('refuses %s', async (_, changes) => {
    const answer = await call('POST', '/price-lists', { store: 'shop', ...content, ...changes });
    expect(answer).toMatchObject({ status: 400, body: { code: 'http.validation-failed' } });
    expect(await items()).toEqual([]);
  });

  it('makes, shows, replaces and removes one, in its version', async () => {
    const made = await call<Listed>('POST', '/price-lists', { store: 'shop', ...content });
    expect(made).toMatchObject({ status: 201, body: { ...shown, version: 1 } });
    const at = `/price-lists/${made.body.id}?store=shop`;
    expect(await call('POST', '/price-lists', { store: 'shop', ...content })).toMatchObject({
      status: 409,
      body: { code: 'pricing.list-taken' },
    });
    expect(await items()).toMatchObject([shown]);
    const change = { kind: 'amount', amount: -500 };
    const replaced = { ...content, change, priority: 20 };
    expect((await call('PUT', at, replaced)).status).toBe(428);
    expect(await call('PUT', at, replaced, { version: 1 })).toMatchObject({
      status: 200,
      body: { change, priority: 20, version: 2 },
    });
    expect(await call('GET', at)).toMatchObject({ status: 200, body: { change, version: 2 } });
    expect((await call('DELETE', at, undefined, { version: 1 })).status).toBe(412);
    expect((await call('DELETE', at, undefined, { version: 2 })).status).toBe(204);
    expect(await items()).toEqual([]);
    expect(await call('GET', at)).toMatchObject({
      status: 404,
      body: { code: 'pricing.list-not-found' },
    });
  });

  it('is one of so many of the store', async () => {
    const made = await call<Listed>('POST', '/price-lists', { store: 'shop', ...content });
    const [row] = await office.replica.app
      .get(PrimaryReader)
      .query<PriceListRow>(sql`SELECT * FROM price_list WHERE id = ${made.body.id}`);
    const rows = Array.from({ length: relativeListLimits.lists - 1 }, (_, index) => ({
      ...row,
      id: randomUUID(),
      code: `list-${index}`,
      priority: 100 + index,
    }));
    await office.replica.app.get(UnitOfWork).run((tx) => insertRows(tx, 'price_list', rows));
    const more = { ...content, code: 'one-more', priority: 11 };
    expect(await call('POST', '/price-lists', { store: 'shop', ...more })).toMatchObject({
      status: 409,
      body: { code: 'pricing.too-many-lists' },
    });
    const at = `/price-lists/${made.body.id}?store=shop`;
    expect((await call('DELETE', at, undefined, { version: 1 })).status).toBe(204);
    expect((await call('POST', '/price-lists', { store: 'shop', ...more })).status).toBe(201);
  });

  it('asks for permissions of its own', async () => {
    const role = { name: randomUUID(), permissions: ['pricing:repricing:create'] };
    const { body } = await call<{ key: string }>('POST', '/api-keys', role);
    const token = body.key;
    const at = `/price-lists/${randomUUID()}?store=shop`;
    const tries = [
      ['GET', '/price-lists?store=shop'],
      ['GET', at],
      ['POST', '/price-lists', { store: 'shop', ...content }],
      ['PUT', at, content],
      ['DELETE', at],
    ] as const;
    for (const [method, path, sent] of tries) {
      const answer = await call(method, path, sent, { token, version: 1 });
      expect([method, answer.status]).toEqual([method, 403]);
    }
  });
});
