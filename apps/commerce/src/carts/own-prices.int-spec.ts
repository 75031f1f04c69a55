import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DatabaseClock, insertRows, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { EXACT } from '#libs/pricing';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import { ShopperSessionRepository } from '../../../../libs/customers/src/storefront/shopper-session.repository.js';
import { addCustomer } from '../../../../libs/customers/test/add-customer.js';
import { RelativeListEditor } from '../../../../libs/pricing/src/authoring/relative-list/relative-list.editor.js';
import { RelativeListRepository } from '../../../../libs/pricing/src/authoring/relative-list/relative-list.repository.js';
import { SearchedShop } from '../../../../test/support/searched-shop.js';
import type { OwnPricesAnswer } from './own-price.schemas.js';

type Headers = Readonly<Record<string, string>>;

const priced = (sku: string, amountMinor: number) =>
  variantDraft({
    sku,
    optionValues: [sku],
    prices: [{ currency: 'EUR', amountMinor, compareAtMinor: null }],
  });

const pad = productDraft('pad', {
  name: 'Pad',
  slug: 'pad',
  options: ['Size'],
  variants: [priced('S', 1_000), priced('L', 2_000)],
});
const secret = productDraft('secret', { name: 'Secret', slug: 'secret', status: 'draft' });

describeOnEachDatabase('prices of the one who asks', (open) => {
  let shop: SearchedShop;
  let padId: string;
  let secretId: string;
  let dealer: Headers;
  let other: Headers;
  let stranger: Headers;

  beforeAll(async () => {
    shop = await SearchedShop.open(open, [pad, secret]);
    const { catalog, store, app } = shop;
    [padId, secretId] = [await idOf('pad'), await idOf('secret')];
    const groupId = newId();
    const group = { id: groupId, store_id: store.id, code: 'trade', name: 'Trade' };
    const made = { version: 1, created_at: 1, updated_at: 1 };
    await catalog.unitOfWork.run((tx) => insertRows(tx, 'customer_group', [{ ...group, ...made }]));
    await new RelativeListEditor(
      catalog.unitOfWork,
      app.get(DatabaseClock),
      catalog.storeLookup,
      new RelativeListRepository(),
    ).create(store.code, {
      code: 'trade',
      name: 'Trade',
      currency: 'EUR',
      priority: 10,
      customerGroup: 'trade',
      validFrom: null,
      validUntil: null,
      rule: { shift: { kind: 'percent', percentPpm: -100_000 }, rounding: EXACT },
    });
    dealer = await signedIn(store, { group_id: groupId });
    other = await signedIn(store);
    stranger = await signedIn(await catalog.addStore());
    // The replica knows of all that by then: what follows names no position.
    await shop.list({});
  });

  afterAll(() => shop?.close());

  const idOf = async (slug: string): Promise<string> => {
    const [row] = await shop.catalog.reader.query<{ id: string }>(
      sql`SELECT id FROM product WHERE store_id = ${shop.store.id} AND slug = ${slug}`,
    );
    return row?.id ?? '';
  };

  const signedIn = async (store: Store, changes = {}): Promise<Headers> => {
    const { catalog } = shop;
    const { id: customerId } = await addCustomer(catalog.unitOfWork, store, changes);
    const opening = { customerId, device: null, now: Date.now() };
    const { token } = await catalog.unitOfWork.run((tx) =>
      new ShopperSessionRepository().open(tx, opening),
    );
    return { authorization: `Bearer ${token}` };
  };

  const ask = (path: string, headers: Headers = {}) =>
    shop.app.inject({ url: `/api/v1/stores/${shop.store.code}/${path}`, headers: { ...headers } });

  const pricesOf = async (headers: Headers, query = ''): Promise<OwnPricesAnswer['items']> => {
    const answer = await ask(`prices?products=${padId}${query}`, headers);
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    return answer.json<OwnPricesAnswer>().items;
  };

  const range = (min: number, max: number) => ({
    min: { amount: min, currency: 'EUR' },
    max: { amount: max, currency: 'EUR' },
  });

  it('are those of their group, with the list; base prices for everybody else', async () => {
    expect(await pricesOf(dealer)).toEqual([{ productId: padId, price: range(900, 1_800) }]);
    for (const headers of [{}, other, stranger]) {
      expect(await pricesOf(headers)).toEqual([{ productId: padId, price: range(1_000, 2_000) }]);
    }
    const [whole] = await pricesOf(dealer, '&variants=true');
    expect(whole?.variants).toMatchObject([
      {
        price: { amount: 900 },
        priceList: { code: 'trade', basePrice: { amount: 1_000 }, change: { kind: 'percent' } },
      },
      { price: { amount: 1_800 } },
    ]);
    const [base] = await pricesOf(other, '&variants=true');
    expect(base?.variants?.map(({ priceList }) => priceList)).toEqual([null, null]);
  });

  it('leave pages, lists and suggestions as every cache may keep them', async () => {
    for (const path of ['products/pad', 'products?q=pad', 'search/suggestions?q=pad']) {
      const seen = [];
      for (const headers of [dealer, {}, other]) {
        await pricesOf(headers);
        const answer = await ask(path, headers);
        expect([path, answer.statusCode]).toEqual([path, 200]);
        expect(answer.body).toContain('1000');
        expect(answer.body).not.toContain('900');
        seen.push([answer.body, answer.headers.etag]);
        // What was asked with a session is for its browser alone, although it is the same.
        const audience = headers === dealer || headers === other ? 'private' : 'public';
        expect(answer.headers['cache-control']).toContain(audience);
      }
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
    }
  });

  it('tell nothing of what shoppers may not see, and nothing to a session that has ended', async () => {
    const all = [secretId, padId, newId(), padId].map((id) => `products=${id}`).join('&');
    const answer = await ask(`prices?${all}`, dealer);
    expect(answer.json<OwnPricesAnswer>().items.map(({ productId }) => productId)).toEqual([padId]);
    const many = (count: number) =>
      Array.from({ length: count }, () => `products=${padId}`).join('&');
    for (const [query, headers, status] of [
      ['', {}, 400],
      ['products=x', {}, 400],
      [many(101), {}, 400],
      [many(100), {}, 200],
      [`${many(11)}&variants=true`, {}, 400],
      [`products=${padId}&currency=GBP`, {}, 400],
      [`products=${padId}`, { authorization: 'Bearer none' }, 401],
    ] as const) {
      const { statusCode } = await ask(`prices?${query}`, headers);
      expect([query.slice(-60), statusCode]).toEqual([query.slice(-60), status]);
    }
  });
});
