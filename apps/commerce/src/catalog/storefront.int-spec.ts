import type { Store } from '#libs/stores';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PictureRepository, RelatedProductRepository } from '#authoring/catalog';
import { RuntimeSettingEditor } from '#authoring/scaling';
import { loadConfig } from '#libs/config';
import {
  DatabaseClock,
  migrateDatabase,
  PrimaryReader,
  sql,
  type Transaction,
} from '#libs/database';
import { createReplicaApp, POSITION_GATE, type PositionGate } from '#libs/http';
import {
  describeOnEachDatabase,
  PATIENT_READS,
  startRedis,
  type RedisFixture,
} from '#libs/testing';
import { productDraft, variantDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import { RuntimeSettingsLookup } from '../../../../libs/scaling/src/model/settings/runtime-settings-lookup.js';
import { CatalogFixture } from '../../../../libs/catalog/test/catalog-fixture.js';
import { CommerceModule } from '../commerce.module.js';

const text = (name: string) => ({
  name,
  descriptionHtml: `<p>${name}</p>`,
  seoTitle: null,
  seoDescription: null,
});

const drafts = [
  productDraft('pad', {
    slug: 'brake-pad',
    brand: 'Acme',
    texts: { en: text('Brake pad'), de: text('Bremsbelag') },
    categoryPath: ['Brakes', 'Pads'],
    options: ['Axle'],
    attributes: [
      { code: 'axle', value: 'front' },
      { code: 'axle', value: 'rear' },
    ],
    images: [{ url: '/media/demo/brake-pad.svg', alt: 'A pad' }],
    variants: [
      variantDraft({
        sku: 'PAD-F',
        imageUrl: '/media/demo/brake-pad.svg',
        optionValues: ['Front'],
        prices: [
          { currency: 'EUR', amountMinor: 1_990, compareAtMinor: 2_500 },
          { currency: 'USD', amountMinor: 2_190, compareAtMinor: null },
        ],
      }),
      variantDraft({
        sku: 'PAD-R',
        optionValues: ['Rear'],
        stock: { onHand: 0, isTracked: true, allowsBackorder: false },
      }),
    ],
  }),
  productDraft('disc', { slug: 'brake-disc', name: 'Brake disc', categoryPath: ['Brakes'] }),
  productDraft('secret', { slug: 'secret', status: 'draft' }),
];

describeOnEachDatabase('the storefront of a commerce replica', (open) => {
  let catalog: CatalogFixture;
  let redis: RedisFixture;
  let app: NestFastifyApplication;
  let store: Store;
  let position = 0;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(async () => {
      return open();
    });
    redis = await startRedis();
    const environment = {
      DATABASE_URL: catalog.databaseUrl,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'fatal',
      ...PATIENT_READS,
    };
    const config = loadConfig(environment, 'commerce');
    await migrateDatabase(config.database.url);
    app = await createReplicaApp(config, { module: CommerceModule });
    store = await catalog.addStore();
    await save(drafts);
  });

  afterAll(async () => {
    await app?.close();
    await redis?.stop();
    await catalog?.close();
  });

  /** Another process writes; its position makes the replica catch up at the next request. */
  const save = async (changed: typeof drafts): Promise<void> => {
    await catalog.saveMany(store, changed);
    position = catalog.commits.at(-1)?.position ?? 0;
  };

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const { installation } = app.get<PositionGate>(POSITION_GATE);
    const answer = await app.inject({
      url: `/api/v1/stores/${path}`,
      headers: { 'lockstep-position': `${position}@${installation}`, ...headers },
    });
    const body: unknown = answer.body === '' ? undefined : answer.json();
    return { status: answer.statusCode, headers: answer.headers, body };
  };

  it('answers what a store sells in and its category tree', async () => {
    expect((await get(store.code)).body).toEqual({
      code: store.code,
      name: 'Test store',
      currencies: ['EUR', 'USD'],
      locales: ['en', 'de'],
      defaultCurrency: 'EUR',
      defaultLocale: 'en',
    });
    expect((await get(`${store.code}/categories`)).body).toMatchObject({
      items: [{ slug: 'brakes', children: [{ slug: 'pads', children: [] }] }],
    });
    expect((await get(`${store.code}/categories/pads`)).body).toMatchObject({
      name: 'Pads',
      breadcrumbs: [{ slug: 'brakes' }, { slug: 'pads' }],
    });
  });

  it('answers a product in the language and currency that are asked for', async () => {
    const { body } = await get(`${store.code}/products/brake-pad?locale=de&currency=USD`);
    expect(body).toMatchObject({
      slug: 'brake-pad',
      name: 'Bremsbelag',
      breadcrumbs: [{ slug: 'brakes' }, { slug: 'pads' }],
      options: [{ name: 'Axle', values: ['Front', 'Rear'] }],
      attributes: [{ code: 'axle', values: ['front', 'rear'] }],
      images: [{ url: '/media/demo/brake-pad.svg', alt: 'A pad' }],
      variants: [
        {
          sku: 'PAD-F',
          imageUrl: '/media/demo/brake-pad.svg',
          price: { amount: 2_190, currency: 'USD' },
          compareAtPrice: null,
          availability: 'in-stock',
        },
        { sku: 'PAD-R', availability: 'out-of-stock' },
      ],
      price: { min: { amount: 1_100, currency: 'USD' }, max: { amount: 2_190, currency: 'USD' } },
      isAvailable: true,
    });
  });

  it('answers 304 while nothing changes, and the new product after a change elsewhere', async () => {
    const path = `${store.code}/products/brake-disc`;
    const first = await get(path);
    expect(first.headers['cache-control']).toContain('public, max-age=0');
    const etag = String(first.headers.etag);
    expect(etag).toMatch(/^"[\w-]+"$/);
    const second = await get(path, { 'if-none-match': etag });
    expect([second.status, second.body]).toEqual([304, undefined]);
    expect(second.headers['cache-status']).toContain('hit');

    await save([productDraft('disc', { slug: 'brake-disc', name: 'Vented brake disc' })]);
    const third = await get(path, { 'if-none-match': etag });
    expect(third.status).toBe(200);
    expect(third.body).toMatchObject({ name: 'Vented brake disc' });
  });

  it('lists with filters in the query and goes on where the cursor says', async () => {
    const list = (query: string) => get(`${store.code}/products?${query}`);
    const first = await list('limit=1&facets=true');
    expect(first.body).toMatchObject({
      items: [{ slug: 'brake-pad' }],
      facets: { total: 2, brands: [{ value: 'Acme', count: 2 }] },
    });
    const cursor = (first.body as { nextCursor: string }).nextCursor;
    expect((await list(`limit=1&cursor=${cursor}`)).body).toMatchObject({
      items: [{ slug: 'brake-disc' }],
      nextCursor: null,
    });
    const filtered = await list('filter%5Baxle%5D=front&filter[brand]=Acme&price[max]=2000&q=bra');
    expect(filtered.body).toMatchObject({ items: [{ slug: 'brake-pad' }], nextCursor: null });
  });

  it('answers what goes with a product', async () => {
    await save([productDraft('pad2', { slug: 'other-pad', categoryPath: ['Brakes', 'Pads'] })]);
    const { body } = await get(`${store.code}/products/brake-pad/related`);
    expect(body).toEqual({ items: [] });
  });

  it('shows what goes with a product until that is switched off, and again when it is on', async () => {
    const [pad, disc] = await catalog.reader.query<{ id: string }>(
      sql`SELECT id FROM product WHERE slug IN ('brake-pad', 'brake-disc') ORDER BY slug DESC`,
    );
    const related = new RelatedProductRepository(catalog.reader);
    const ids = { product: pad?.id ?? '', other: disc?.id ?? '' };
    const written = async (work: (tx: Transaction) => Promise<unknown>) => {
      await catalog.unitOfWork.run(work);
      position = catalog.commits.at(-1)?.position ?? 0;
    };
    await written((tx) => related.replace(tx, store.id, new Map([[ids.product, [ids.other]]])));
    const list = async () => (await get(`${store.code}/products/brake-pad/related`)).body;
    const shown = { items: [{ slug: 'brake-disc' }] };
    expect(await list()).toMatchObject(shown);
    const settings = new RuntimeSettingEditor(
      catalog.unitOfWork,
      app.get(PrimaryReader),
      app.get(RuntimeSettingsLookup),
      app.get(DatabaseClock),
    );
    await written((tx) => settings.switch(tx, 'relatedProducts', false, 'rule shed'));
    expect(await list()).toEqual({ items: [] });
    await written((tx) => settings.switch(tx, 'relatedProducts', true, 'rule restore'));
    expect(await list()).toMatchObject(shown);
  });

  it('serves the pictures that the installation holds outside the version of the API', async () => {
    const url = '/media/demo/drawn-pad.svg';
    const picture = {
      path: 'demo/drawn-pad.svg',
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    };
    await catalog.unitOfWork.run((tx) => new PictureRepository().ensure(tx, [picture]));
    const answer = await app.inject(url);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect(answer.body).toBe(picture.body);
    expect(answer.headers['content-security-policy']).toContain('sandbox');
    const again = await app.inject({
      url,
      headers: { 'if-none-match': answer.headers.etag ?? '' },
    });
    expect(again.statusCode).toBe(304);
    expect((await app.inject('/media/demo/nothing.svg')).json()).toMatchObject({
      code: 'catalog.picture-not-found',
    });
  });

  it('refuses what it does not understand with a stable code', async () => {
    const base = store.code;
    const cases: [string, number, string][] = [
      ['nowhere', 404, 'catalog.store-not-found'],
      [`${base}/categories/none`, 404, 'catalog.category-not-found'],
      [`${base}/products/none`, 404, 'catalog.product-not-found'],
      [`${base}/products/secret`, 404, 'catalog.product-not-found'],
      [`${base}/products/brake-pad?currency=GBP`, 400, 'catalog.currency-unknown'],
      [`${base}/products?locale=fr`, 400, 'catalog.locale-unknown'],
      [`${base}/products?category=none`, 404, 'catalog.category-not-found'],
      [`${base}/products?colour=red`, 400, 'http.validation-failed'],
      [`${base}/products?limit=101`, 400, 'http.validation-failed'],
      [`${base}/products?sort=sku`, 400, 'http.validation-failed'],
      [`${base}/products?price[min]=-1`, 400, 'http.validation-failed'],
      [`${base}/products?cursor=nonsense`, 400, 'http.invalid-cursor'],
      [`${base}?x=1`, 400, 'http.validation-failed'],
    ];
    for (const [path, status, code] of cases) {
      const answer = await get(path);
      expect({ path, status: answer.status, body: answer.body }).toMatchObject({
        path,
        status,
        body: { code },
      });
    }
  });

  it('refuses a cursor of another sort order', async () => {
    const first = await get(`${store.code}/products?limit=1`);
    const cursor = (first.body as { nextCursor: string }).nextCursor;
    const other = await get(`${store.code}/products?limit=1&sort=price&cursor=${cursor}`);
    expect(other.body).toMatchObject({ status: 400, code: 'http.invalid-cursor' });
  });

  it('describes every parameter in the OpenAPI document', async () => {
    const { paths } = (await app.inject('/openapi.json')).json<{
      paths: Record<string, { get: { parameters: { name: string }[] } }>;
    }>();
    const list = paths['/api/v1/stores/{store}/products']?.get.parameters.map(({ name }) => name);
    expect(list).toEqual(expect.arrayContaining(['store', 'category', 'filter[brand]', 'cursor']));
  });
});
