import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase, startRedis, type RedisFixture } from '#libs/testing';
import { productDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../../libs/catalog/test/catalog-fixture.js';
import { ExplainedIndex } from '../../../../libs/search/src/authoring/explaining/explained-index.js';
import { StaffAccounts } from '../../../../test/support/staff-accounts.js';
import { startStaffReplica, type StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import type { ExplanationAnswer } from './explain.schemas.js';
import { SearchApiModule } from './search-api.module.js';

describeOnEachDatabase('the search API of the back office', (open) => {
  let redis: RedisFixture;
  let catalog: CatalogFixture;
  let replica: StaffReplica;
  let token: string;
  let store: Store;

  beforeAll(async () => {
    redis = await startRedis();
    catalog = await CatalogFixture.open(open);
    store = await catalog.addStore();
    await catalog.saveMany(store, [
      productDraft('disc', {
        name: 'Brake disc',
        brand: 'Acme',
        categoryPath: ['Brakes', 'Discs'],
      }),
      productDraft('pad', { name: 'Pad for a brake with a disc', categoryPath: ['Brakes'] }),
      productDraft('lamp', { name: 'Lamp', brand: 'Lumen' }),
      productDraft('draft', { name: 'Brake disc, not published', status: 'draft' }),
    ]);
    replica = await startStaffReplica({
      name: 'a',
      redisUrl: redis.url,
      databaseUrl: catalog.databaseUrl,
      modules: [IdentityApiModule, SearchApiModule],
    });
    token = await replica.signIn();
  }, 60_000);

  afterAll(async () => {
    await replica?.stop();
    await catalog?.close();
    await redis?.stop();
  });

  const explain = (query: Record<string, string>, as = token) =>
    replica.call<ExplanationAnswer>(
      'GET',
      `/search/explain?${new URLSearchParams({ store: store.code, ...query }).toString()}`,
      { token: as },
    );

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
});
