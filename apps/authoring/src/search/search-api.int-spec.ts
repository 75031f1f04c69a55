import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { ruleLimits } from '#authoring/search';
import { Follower } from '#libs/cache';
import { insertRows, sql } from '#libs/database';
import type { Page } from '#libs/http';
import { newId } from '#libs/kernel';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase, gate } from '#libs/testing';
import { productDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import type { CatalogFixture } from '../../../../libs/catalog/test/catalog-fixture.js';
import {
  ExplainedIndex,
  IDLE_MS,
} from '../../../../libs/search/src/authoring/explaining/explained-index.js';
import { CatalogIndexSource } from '../../../../libs/search/src/storefront/following/catalog-index-source.js';
import { MissRepository } from '../../../../libs/search/src/storefront/misses/miss.repository.js';
import { PopularQueryRepository } from '../../../../libs/search/src/storefront/queries/popular-query.repository.js';
import { SearchOffice } from '../../../../test/support/search-office.js';
import { StaffAccounts } from '../../../../test/support/staff-accounts.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import type { MissesAnswer } from './miss.schemas.js';
import type { PopularQueriesAnswer } from './popular-query.schemas.js';
import type { RuleAnswer } from './search-rule.schemas.js';

describeOnEachDatabase('the search API of the back office', (open) => {
  let office: SearchOffice;
  let catalog: CatalogFixture;
  let replica: StaffReplica;
  let token: string;
  let store: Store;

  beforeAll(async () => {
    office = await SearchOffice.open(open, [
      productDraft('disc', {
        name: 'Brake disc',
        brand: 'Acme',
        categoryPath: ['Brakes', 'Discs'],
      }),
      productDraft('pad', { name: 'Pad for a brake with a disc', categoryPath: ['Brakes'] }),
      productDraft('lamp', { name: 'Lamp', brand: 'Lumen' }),
      productDraft('draft', { name: 'Brake disc, not published', status: 'draft' }),
    ]);
    ({ catalog, store, replica, token } = office);
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  afterAll(() => office?.close());

  const explain: SearchOffice['explain'] = (...asked) => office.explain(...asked);
  const rules: SearchOffice['rules'] = (...asked) => office.rules(...asked);

  it('explains the order of a list, from its first product on', async () => {
    const { status, body } = await explain({ q: 'brake disc' });
    expect(status).toBe(200);
    expect(body.total).toBe(2);
    expect(body.items.map(({ name, place }) => [name, place])).toEqual([
      ['Brake disc', 1],
      ['Pad for a brake with a disc', 2],
    ]);
    const [first, second] = body.items;
    expect(first?.phrasePoints).toBeGreaterThan(0);
    expect(second?.phrasePoints).toBe(0);
    expect(first?.words[0]?.answers[0]).toMatchObject({
      term: 'brake',
      way: 'exact',
      fields: [{ field: 'name' }],
    });
    expect((await explain({ q: 'brake disc', limit: '1' })).body.items).toHaveLength(1);
  });

  it('says what keeps a product out of a list', async () => {
    const { body } = await explain({ q: 'lamp' });
    const product = body.items[0]?.id ?? '';
    const asked = await explain({ q: 'brake', product, brand: 'Acme', category: 'discs' });
    expect(asked.body).toMatchObject({
      total: 1,
      items: [{ id: product, place: null, score: 0, droppedBy: ['words', 'category', 'brand'] }],
    });
  });

  it('knows what was committed before it is asked', async () => {
    await catalog.saveMany(store, [productDraft('fresh', { name: 'Unheard of' })]);
    expect((await explain({ q: 'unheard' })).body.total).toBe(1);
    await catalog.saveMany(store, [
      productDraft('fresh', { name: 'Known by now', sourceHash: 'renamed' }),
    ]);
    expect((await explain({ q: 'unheard' })).body.total).toBe(0);
    expect((await explain({ q: 'known' })).body.items[0]?.name).toBe('Known by now');
  });

  it('is of one store, of what is published, and for those who may see it', async () => {
    const other = await catalog.addStore();
    expect(await explain({ q: 'brake', store: other.code })).toMatchObject({
      status: 200,
      body: { total: 0 },
    });
    expect(replica.app.get(ExplainedIndex).size).toBe(1);
    expect((await explain({ q: 'brake' })).body.total).toBe(2);
    expect(await explain({ q: 'brake', product: newId() })).toMatchObject({
      status: 404,
      body: { code: 'catalog.product-not-found' },
    });
    expect(await explain({ q: 'brake', store: 'none' })).toMatchObject({ status: 404 });
    expect(await explain({ q: 'brake', category: 'none' })).toMatchObject({ status: 404 });
    const clerk = await new StaffAccounts(replica, token).createUser('clerk', []);
    expect(await explain({ q: 'brake' }, clerk.token)).toMatchObject({ status: 403 });
  });

  it('loads one store at a time, however many are asked about at once', async () => {
    const [first, second] = [await catalog.addStore(), await catalog.addStore()];
    const [isLoading, release] = [gate(), gate()];
    const loaded: string[] = [];
    const { page } = CatalogIndexSource.prototype;
    jest.spyOn(CatalogIndexSource.prototype, 'page').mockImplementation(async function (
      this: CatalogIndexSource,
      ...args
    ) {
      loaded.push(args[0].id);
      isLoading.open();
      await release.opened;
      return page.apply(this, args);
    });
    const index = replica.app.get(ExplainedIndex);
    const asks = [index.ready(first.code)];
    await isLoading.opened;
    asks.push(index.ready(second.code), index.ready(first.code));
    // Far more statements than one that does not wait needs to come to its first page.
    for (let look = 0; look < 20; look += 1) await replica.app.get(Follower).followNow();
    expect(loaded).toEqual([first.id]);
    release.open();
    expect((await Promise.all(asks)).map(({ size }) => size)).toEqual([0, 0, 0]);
    expect(loaded).toEqual([first.id, second.id]);
    expect(index.size).toBe(1);
  });

  it('gives the memory back when nobody has asked for some minutes', async () => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    expect((await explain({ q: 'brake' })).status).toBe(200);
    const index = replica.app.get(ExplainedIndex);
    expect(index.size).toBe(1);
    const [idle] = timers.mock.calls.findLast(([, ms]) => ms === IDLE_MS) ?? [];
    idle?.();
    expect(index.size).toBe(0);
    expect((await explain({ q: 'brake' })).body.total).toBe(2);
  });

  const shoes = { kind: 'one-way', words: ['shoe'], synonyms: ['sandal'] };

  it('makes, changes and removes rules, by version', async () => {
    const made = await rules<RuleAnswer>('POST', '', { store: store.code, content: shoes });
    expect(made).toMatchObject({ status: 201, body: { content: shoes, version: 1 } });
    const path = `/${made.body.id}?store=${store.code}`;
    const content = { kind: 'redirect', words: ['shoe'], url: '/c/shoes', locale: 'en' };
    expect((await rules('PUT', path, { content }, 7)).status).toBe(412);
    const changed = await rules<RuleAnswer>('PUT', path, { content }, 1);
    expect(changed).toMatchObject({ status: 200, body: { content, version: 2 } });
    expect(await rules('GET', path)).toMatchObject({ status: 200, body: { content } });
    const list = () => rules<Page<RuleAnswer>>('GET', `?store=${store.code}`);
    expect((await list()).body.items.map(({ id }) => id)).toEqual([made.body.id]);
    expect((await rules('DELETE', path, undefined, 1)).status).toBe(412);
    expect((await rules('DELETE', path, undefined, 2)).status).toBe(204);
    expect((await list()).body.items).toEqual([]);
    const audited = await catalog.reader.query<{ action: string }>(sql`
      SELECT action
      FROM audit_log
      WHERE entity_id = ${made.body.id}
      ORDER BY id`);
    expect(audited.map(({ action }) => action)).toEqual([
      'search:rule:create',
      'search:rule:update',
      'search:rule:delete',
    ]);
  });

  it('refuses rules that cannot be used, or are one too many, and finds them in their store only', async () => {
    const other = await catalog.addStore();
    const post = (content: object) => rules<RuleAnswer>('POST', '', { store: other.code, content });
    expect(await post({ ...shoes, synonyms: ['?'] })).toMatchObject({
      status: 422,
      body: { code: 'search.rule-invalid', errors: [{ path: 'synonyms.0' }] },
    });
    const made = await post(shoes);
    const foreign = { ...shoes, locale: 'fr' };
    const own = `/${made.body.id}?store=${other.code}`;
    for (const refused of [await post(foreign), await rules('PUT', own, { content: foreign }, 1)]) {
      const body = { code: 'search.rule-invalid', errors: [{ path: 'locale' }] };
      expect(refused).toMatchObject({ status: 422, body });
    }
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const path = `/${made.body.id}?store=${store.code}`;
      const body = method === 'PUT' ? { content: shoes } : undefined;
      expect(await rules(method, path, body, method === 'GET' ? undefined : 1)).toMatchObject({
        status: 404,
        body: { code: 'search.rule-not-found' },
      });
    }
    const rows = Array.from({ length: ruleLimits.rules - 2 }, () => ({
      id: newId(),
      store_id: other.id,
      content_json: JSON.stringify(shoes),
      version: 1,
      created_at: 0,
      updated_at: 0,
    }));
    await catalog.unitOfWork.run((tx) => insertRows(tx, 'search_rule', rows));
    const last = await Promise.all([post(shoes), post(shoes), post(shoes)]);
    expect(last.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = last.filter(({ status }) => status === 409);
    expect(refused).toMatchObject([
      { body: { code: 'search.too-many-rules' } },
      { body: { code: 'search.too-many-rules' } },
    ]);
  });

  it('asks for a permission for each', async () => {
    const reader = await new StaffAccounts(replica, token).createUser('rule-reader', [
      'search:rule:read',
    ]);
    const list = await rules('GET', `?store=${store.code}`, undefined, undefined, reader.token);
    expect(list.status).toBe(200);
    const body = { store: store.code, content: shoes };
    expect((await rules('POST', '', body, undefined, reader.token)).status).toBe(403);
    const misses = await replica.call('GET', `/search/misses?store=${store.code}`, {
      token: reader.token,
    });
    expect(misses.status).toBe(403);
    const queries = await replica.call('GET', `/search/queries?store=${store.code}`, {
      token: reader.token,
    });
    expect(queries.status).toBe(403);
  });

  it('explains products that are found by a synonym', async () => {
    const content = { kind: 'synonyms', words: ['lamp', 'light bulb', 'luminaire'] };
    await rules('POST', '', { store: store.code, content });
    await catalog.saveMany(store, [productDraft('bulb', { name: 'A light, a bulb' })]);
    const { body } = await explain({ q: 'lamp' });
    expect(body.items.map(({ name, words }) => [name, words[0]?.answers[0]?.way])).toEqual([
      ['Lamp', 'exact'],
      ['A light, a bulb', 'synonym'],
    ]);
    expect(body.items[1]?.words[0]?.answers[0]?.term).toBe('light bulb');
    expect((await explain({ q: 'luminaire' })).body.total).toBe(2);
  });

  it('lists the searches without a result of one store, most frequent first', async () => {
    const other = await catalog.addStore();
    for (const [storeId, query, count] of [
      [store.id, 'sofa', 2],
      [store.id, 'couch', 5],
      [other.id, 'bed', 9],
    ] as const) {
      await catalog.unitOfWork.run((tx) =>
        new MissRepository().add(tx, storeId, [{ storeId, locale: 'en', query, count }], 0),
      );
    }
    const { body } = await replica.call<MissesAnswer>('GET', `/search/misses?store=${store.code}`, {
      token,
    });
    const lastAt = new Date(0).toISOString();
    expect(body.items).toEqual([
      { locale: 'en', query: 'couch', count: 5, lastAt },
      { locale: 'en', query: 'sofa', count: 2, lastAt },
    ]);
  });

  it('lists the searches with a result of one store, and takes a rule that hides some', async () => {
    const repository = new PopularQueryRepository();
    const other = await catalog.addStore();
    for (const [storeId, query, uses] of [
      [store.id, 'table', 1],
      [store.id, 'chair', 5],
      [other.id, 'bed', 1],
    ] as const) {
      const noted = { storeId, locale: 'en', query, count: 9 };
      for (let minute = 0; minute < uses; minute += 1) {
        await catalog.unitOfWork.run((tx) => repository.add(tx, storeId, [noted], 0));
      }
    }
    const path = `/search/queries?store=${store.code}`;
    const { body } = await replica.call<PopularQueriesAnswer>('GET', path, { token });
    const lastAt = new Date(0).toISOString();
    expect(body.items).toEqual([
      { locale: 'en', query: 'chair', count: 5, isPopular: true, lastAt },
      { locale: 'en', query: 'table', count: 1, isPopular: false, lastAt },
    ]);
    const content = { kind: 'hidden', words: ['chair'] };
    const made = await rules('POST', '', { store: store.code, content });
    expect([made.status, made.body]).toMatchObject([201, { content }]);
    const refused = { kind: 'hidden', words: ['-'] };
    expect((await rules('POST', '', { store: store.code, content: refused })).status).toBe(422);
  });
});
