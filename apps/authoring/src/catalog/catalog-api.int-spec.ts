import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import {
  openBackOffice,
  someStore,
  type BackOffice,
} from '../../../../test/support/back-office.js';
import { productBody } from '../../../../test/support/product-body.js';
import type { StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import { CatalogApiModule } from './catalog-api.module.js';
import type { CategoryAnswer } from './category.schemas.js';
import type {
  PriceAnswer,
  ProductAnswer,
  ProductSummaryAnswer,
  StockAnswer,
} from './product.schemas.js';
import type { StoreAnswer } from './store.schemas.js';

interface ProblemBody {
  readonly code: string;
  readonly errors?: readonly { readonly path: string }[];
  readonly details?: Readonly<Record<string, unknown>>;
}

const storeBody = (code: string) => ({
  ...someStore,
  code,
  currencies: ['EUR', 'USD'],
  locales: ['en', 'de'],
});

describeOnEachDatabase('the catalog in the back office', (open) => {
  let office: BackOffice;
  let replica: StaffReplica;
  let token: string;

  beforeAll(async () => {
    office = await openBackOffice(open, [IdentityApiModule, CatalogApiModule]);
    ({ replica, token } = office);
    for (const code of ['main', 'other']) await send('POST', '/stores', storeBody(code));
  });

  afterAll(async () => {
    await office?.close();
  });

  const send = <Body = ProblemBody>(
    method: string,
    path: string,
    body?: unknown,
    version?: number,
  ) =>
    replica.call<Body>(method, path, {
      token,
      body,
      headers: version === undefined ? {} : { 'if-match': `"${version}"` },
    });

  const addProduct = async (name: string): Promise<ProductAnswer> => {
    const answer = await send<ProductAnswer>('POST', '/products', productBody('main', name));
    expect(answer.status).toBe(201);
    return answer.body;
  };

  const addCategory = async (store: string, name: string, parentId: string | null = null) => {
    const body = { store, parentId, names: { en: name } };
    return (await send<CategoryAnswer>('POST', '/categories', body)).body;
  };

  it('makes, reads, changes and removes a store, each change based on a version', async () => {
    const created = await send<StoreAnswer>('POST', '/stores', storeBody('brief'));
    expect(created.headers.get('etag')).toBe('"1"');
    expect((await send('POST', '/stores', storeBody('brief'))).body.code).toBe(
      'catalog.store-code-taken',
    );
    const changed = await send<StoreAnswer>('PATCH', '/stores/brief', { name: 'New' }, 1);
    expect(changed.body).toMatchObject({ name: 'New', version: 2 });
    expect(changed.headers.get('lockstep-position')).toMatch(/^\d+@[\w-]+$/);
    expect(
      (await send('PATCH', '/stores/brief', { defaultCurrency: 'GBP' }, 2)).body,
    ).toMatchObject({ status: 422, code: 'catalog.store-invalid' });
    expect((await send('DELETE', '/stores/brief', undefined, 2)).status).toBe(204);
    expect((await send('GET', '/stores/brief')).status).toBe(404);
  });

  it('makes a product with its variants and answers it with its version', async () => {
    const product = await addProduct('Pad');
    expect(product).toMatchObject({
      store: 'main',
      slug: 'pad',
      version: 1,
      variants: [
        { sku: 'Pad-F', prices: [{ currency: 'EUR', amount: 1_000, compareAtAmount: null }] },
        { sku: 'Pad-R', stock: { onHand: 0, isTracked: true, allowsBackorder: false } },
      ],
    });
    const read = await send<ProductAnswer>('GET', `/products/${product.id}?store=main`);
    expect([read.headers.get('etag'), read.body]).toEqual(['"1"', product]);
  });

  it('changes a product in part and keeps the ids of its variants', async () => {
    const product = await addProduct('Part');
    const [front] = product.variants;
    const changed = await send<ProductAnswer>(
      'PATCH',
      `/products/${product.id}?store=main`,
      { brand: 'Other', variants: [{ sku: 'Part-F', optionValues: ['Both'] }] },
      1,
    );
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({
      brand: 'Other',
      texts: product.texts,
      version: 2,
      variants: [{ id: front?.id, optionValues: ['Both'] }],
    });
  });

  it('sets and takes away the price of a variant, and its stock', async () => {
    const product = await addProduct('Priced');
    const path = `/products/${product.id}/variants/${product.variants[0]?.id}`;
    const price = `${path}/prices/USD?store=main`;
    const priced = await send<PriceAnswer>(
      'PUT',
      price,
      { amount: 1_200, compareAtAmount: 1_500 },
      0,
    );
    expect(priced.status).toBe(200);
    expect(priced.headers.get('etag')).toBe('"1"');
    expect(priced.headers.get('lockstep-position')).toMatch(/^\d+@[\w-]+$/);
    expect(priced.body).toEqual({
      currency: 'USD',
      amount: 1_200,
      compareAtAmount: 1_500,
      version: 1,
    });
    const read = await send<PriceAnswer>('GET', price);
    expect([read.headers.get('etag'), read.body]).toEqual(['"1"', priced.body]);

    const stock = `${path}/stock?store=main`;
    const stocked = await send<StockAnswer>('PUT', stock, { onHand: 9, allowsBackorder: true }, 1);
    expect(stocked.body).toEqual({
      onHand: 9,
      reserved: 0,
      isTracked: true,
      allowsBackorder: true,
      version: 2,
    });
    const counted = await send<StockAnswer>('GET', stock);
    expect([counted.headers.get('etag'), counted.body]).toEqual(['"2"', stocked.body]);

    const composed = await send<ProductAnswer>('GET', `/products/${product.id}?store=main`);
    expect(composed.headers.get('etag')).toBe('"1"');
    expect(composed.body.variants[0]).toMatchObject({
      prices: [{ currency: 'EUR', amount: 1_000, version: 1 }, priced.body],
      stock: stocked.body,
    });
    expect((await send('DELETE', price, undefined, 1)).status).toBe(204);
    expect((await send('DELETE', price, undefined, 1)).body.code).toBe('catalog.price-not-found');
    expect((await send('GET', price)).body.code).toBe('catalog.price-not-found');
  });

  it('asks for the version of a price and of a stock, and refuses another', async () => {
    const product = await addProduct('Priced twice');
    const path = `/products/${product.id}/variants/${product.variants[0]?.id}`;
    for (const [resource, body] of [
      ['prices/EUR', { amount: 5 }],
      ['stock', { onHand: 5 }],
    ] as const) {
      const target = `${path}/${resource}?store=main`;
      expect((await send('PUT', target, body)).status).toBe(428);
      expect((await send('PUT', target, body, 0)).status).toBe(412);
      expect((await send('PUT', target, body, 1)).status).toBe(200);
      expect((await send('PUT', target, body, 1)).status).toBe(412);
      expect((await send<PriceAnswer>('PUT', target, body, 2)).body.version).toBe(2);
    }
  });

  it('asks for a version, and refuses one that is not current without changing anything', async () => {
    const product = await addProduct('Version');
    const path = `/products/${product.id}?store=main`;
    expect((await send('PATCH', path, { brand: 'X' })).status).toBe(428);
    expect((await send('DELETE', path)).status).toBe(428);
    expect((await send('PATCH', path, { brand: 'X' }, 7)).status).toBe(412);
    expect((await send('DELETE', path, undefined, 7)).status).toBe(412);
    expect((await send<ProductAnswer>('GET', path)).body).toEqual(product);
  });

  it('finds nothing by an id of another store', async () => {
    const product = await addProduct('Foreign');
    const category = await addCategory('main', 'Foreign');
    const stock = { onHand: 1 };
    const variant = `/products/${product.id}/variants/${product.variants[0]?.id}`;
    const child = { store: 'other', names: { en: 'X' }, parentId: category.id };
    const answers = [
      await send('GET', `/products/${product.id}?store=other`),
      await send('PATCH', `/products/${product.id}?store=other`, { brand: 'X' }, 1),
      await send('DELETE', `/products/${product.id}?store=other`, undefined, 1),
      await send('PUT', `${variant}/stock?store=other`, stock, 1),
      await send('GET', `${variant}/stock?store=other`),
      await send('PUT', `${variant}/prices/EUR?store=other`, { amount: 1 }, 1),
      await send('GET', `${variant}/prices/EUR?store=other`),
      await send('GET', `/categories/${category.id}?store=other`),
      await send('PATCH', `/categories/${category.id}?store=other`, { position: 1 }, 1),
      await send('DELETE', `/categories/${category.id}?store=other`, undefined, 1),
      await send('POST', '/categories', child),
      await send('POST', '/products', { ...productBody('other', 'X'), categoryId: category.id }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await send<ProductAnswer>('GET', `/products/${product.id}?store=main`)).status).toBe(
      200,
    );
  });

  it('refuses bodies that do not match, naming what is wrong', async () => {
    const body = productBody('main', 'Bad');
    const cases: [unknown, string][] = [
      [{ ...body, surprise: 1 }, 'surprise'],
      [{ ...body, variants: [] }, 'variants'],
      [{ ...body, status: 'gone' }, 'status'],
      [{ ...body, variants: [{ prices: [{ currency: 'EUR', amount: -1 }] }] }, 'variants.0.prices'],
      [{ ...body, variants: [{ prices: [{ currency: 'EUR', amount: 1.5 }] }] }, 'variants.0'],
      [{ ...body, slug: 'Not a slug' }, 'slug'],
    ];
    for (const [bad, path] of cases) {
      const answer = await send('POST', '/products', bad);
      expect(answer.body).toMatchObject({ status: 400, code: 'http.validation-failed' });
      expect(JSON.stringify(answer.body)).toContain(path);
    }
    const unknownCurrency = {
      ...body,
      variants: [{ optionValues: ['Front'], prices: [{ currency: 'GBP', amount: 1 }] }],
    };
    expect((await send('POST', '/products', unknownCurrency)).body).toMatchObject({
      status: 422,
      code: 'catalog.product-invalid',
    });
  });

  it('refuses a category below itself, a slug that is taken, and removal while in use', async () => {
    const parent = await addCategory('main', 'Parent');
    const child = await addCategory('main', 'Child', parent.id);
    const path = `/categories/${parent.id}?store=main`;
    expect((await send('PATCH', path, { parentId: child.id }, 1)).body).toMatchObject({
      status: 422,
      code: 'catalog.category-invalid',
    });
    expect((await send('PATCH', path, { slug: 'child' }, 1)).body.code).toBe('catalog.slug-taken');
    expect((await send('DELETE', path, undefined, 1)).body.code).toBe('catalog.category-in-use');
    expect((await send('DELETE', `/categories/${child.id}?store=main`, undefined, 1)).status).toBe(
      204,
    );
    expect((await send('DELETE', path, undefined, 1)).status).toBe(204);
    expect((await send('DELETE', '/stores/main', undefined, 1)).body.code).toBe(
      'catalog.store-in-use',
    );
  });

  it('lists products newest first, page by page, and by words', async () => {
    for (const name of ['List one', 'List two', 'List three']) await addProduct(name);
    const page = (query: string) =>
      send<{ items: ProductSummaryAnswer[]; nextCursor: string | null }>(
        'GET',
        `/products?store=main&${query}`,
      );
    const first = await page('q=list&limit=2');
    const second = await page(`q=list&limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.items, ...second.body.items].map(({ name }) => name)).toEqual([
      'List three',
      'List two',
      'List one',
    ]);
    expect(second.body.nextCursor).toBeNull();
    expect((await page('status=archived')).body.items).toEqual([]);
  });

  it('lets nobody in without the permission', async () => {
    const { body } = await send<{ key: string }>('POST', '/api-keys', {
      name: 'reader',
      permissions: ['catalog:product:read'],
    });
    const as = (method: string, path: string, payload?: unknown) =>
      replica.call(method, path, { token: body.key, body: payload });
    expect((await as('GET', '/products?store=main')).status).toBe(200);
    expect((await as('POST', '/products', productBody('main', 'No'))).status).toBe(403);
    expect(await as('GET', '/stores')).toMatchObject({
      status: 403,
      body: { code: 'identity.permission-missing' },
    });
    expect(await replica.call('GET', '/products?store=main')).toMatchObject({
      status: 401,
      body: { code: 'identity.not-authenticated' },
    });
  });
});
