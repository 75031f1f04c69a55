import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DatabaseClock } from '#libs/database';
import { newId } from '#libs/kernel';
import type { Store } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { StoreEditor } from '#authoring/stores';
import { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { RandomCodes } from '../model/coupon-batch.js';
import type { Promotion } from '../model/promotion.js';
import { promotionLimits } from '../model/promotion-rules.js';
import { CouponFinder } from '../storefront/coupon.finder.js';
import { PromotionOffers } from '../storefront/promotion-offers.js';
import { PromotionsModule } from '../storefront/promotions.module.js';
import { somePromotion } from '../../test/some-promotion.js';
import { CouponBatchEditor } from './coupon-batch.editor.js';
import { CouponDirectory } from './coupon.directory.js';
import { CouponEditor } from './coupon.editor.js';
import { PromotionDirectory } from './promotion.directory.js';
import { PromotionEditor } from './promotion.editor.js';
import { PromotionRepository } from './promotion.repository.js';
import { PromotionsAuthoringModule } from './promotions-authoring.module.js';

describeOnEachDatabase('promotions and their coupons', (open) => {
  let replica: CatalogReplica;
  let store: Store;
  let promotion: Promotion;

  beforeAll(async () => {
    replica = await CatalogReplica.start(open, [PromotionsModule, PromotionsAuthoringModule]);
  });

  afterAll(() => replica.close());

  beforeEach(async () => {
    store = await replica.addStore();
    promotion = await promote({ needsCoupon: true });
  });

  const promote = (changes: Partial<Promotion> = {}): Promise<Promotion> => {
    const { id: _, version: __, ...content } = somePromotion();
    return replica.app
      .get(PromotionEditor)
      .create(store.code, { ...content, state: 'active', ...changes });
  };
  const address = () => ({ storeCode: store.code, id: promotion.id });
  const generate = (changes: Partial<Parameters<CouponBatchEditor['create']>[1]> = {}) =>
    replica.app
      .get(CouponBatchEditor)
      .create(address(), { name: 'Spring', prefix: 'sp', count: 20, useLimit: 1, ...changes });
  const exported = async (batchId: string) =>
    (await replica.app.get(CouponDirectory).export(address(), batchId)).map(({ code }) => code);

  it('generates as many codes as a batch may have, each of which opens the promotion', async () => {
    const { id } = await generate({ count: promotionLimits.couponsOfBatch });
    const codes = await exported(id);
    expect(new Set(codes).size).toBe(promotionLimits.couponsOfBatch);
    const code = codes[4_321] ?? '';
    expect(code).toMatch(/^SP-/);
    const held = await replica.app.get(CouponFinder).get(store.id, code.toLowerCase());
    expect(held).toMatchObject({ code, promotionId: promotion.id });
    const offer = await replica.app.get(PromotionOffers).offerFor({
      buyer: { storeId: store.id, customerId: null, email: null },
      currency: 'EUR',
      coupons: [held],
      at: replica.app.get(DatabaseClock).wallMs(),
    });
    const lines = [{ lineId: 'a', sku: null, categoryIds: [], quantity: 1, unitPriceMinor: 1_000 }];
    const basket = { currency: 'EUR', lines, shippingMinor: 0, at: 0 };
    expect(offer.usesOf(offer.evaluate(basket))).toMatchObject([
      { promotionId: promotion.id, couponId: held.couponId, couponUseLimit: 1 },
    ]);
  });

  it('draws again when another batch has a code already, and makes none of a batch that fails', async () => {
    const codes = replica.app.get(RandomCodes);
    const draw = codes.draw.bind(codes);
    const { id } = await generate({ count: 1 });
    const [taken = ''] = await exported(id);
    let draws = 0;
    codes.draw = (prefix, count) => {
      draws += 1;
      return draws === 1 ? [...draw(prefix, count - 1), taken] : draw(prefix, count);
    };
    try {
      const second = await generate({ count: 3 });
      expect(draws).toBe(2);
      expect(await exported(second.id)).toHaveLength(3);
    } finally {
      codes.draw = draw;
    }
    const all = await replica.app.get(CouponDirectory).list(address(), undefined, '', 100);
    expect(all).toHaveLength(4);
  });

  it('keeps codes unique in a store, not beyond it, whatever their case', async () => {
    const coupons = replica.app.get(CouponEditor);
    await coupons.create(address(), { code: 'Spring', useLimit: null });
    await expect(
      coupons.create(address(), { code: 'SPRING', useLimit: null }),
    ).rejects.toMatchObject({ code: 'promotions.coupon-taken' });
    store = await replica.addStore();
    promotion = await promote({ needsCoupon: true });
    await coupons.create(address(), { code: 'spring', useLimit: null });
    for (const code of ['x', 'a b c', '']) {
      await expect(coupons.create(address(), { code, useLimit: null })).rejects.toMatchObject({
        code: 'promotions.promotion-invalid',
      });
    }
  });

  it('is one of so many active ones, also when several are made at once', async () => {
    const { id: _, version: __, ...content } = somePromotion();
    const rows = Array.from({ length: promotionLimits.active - 2 }, () => ({
      ...content,
      state: 'active' as const,
    }));
    await replica.unitOfWork.run(async (tx) => {
      const repository = replica.app.get(PromotionRepository);
      for (const row of rows) {
        await repository.insert(tx, {
          ...row,
          ...{ id: newId(), storeId: store.id, version: 1, createdAt: 1, updatedAt: 1 },
        });
      }
    });
    const results = await Promise.allSettled([promote(), promote(), promote()]);
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused).toMatchObject([
      { reason: { code: 'promotions.too-many-active' } },
      { reason: { code: 'promotions.too-many-active' } },
    ]);
    await promote({ state: 'paused' });
  });

  it('finds nothing of another store, and no coupon for what applies by itself', async () => {
    const { id } = await generate();
    const other = await replica.addStore();
    const stranger = { storeCode: other.code, id: promotion.id };
    const directory = replica.app.get(CouponDirectory);
    const notFound = { code: 'promotions.promotion-not-found' };
    await expect(directory.export(stranger, id)).rejects.toMatchObject(notFound);
    await expect(directory.list(stranger, undefined, '', 10)).rejects.toMatchObject(notFound);
    await expect(directory.listBatches(stranger, undefined, 10)).rejects.toMatchObject(notFound);
    await expect(
      replica.app.get(PromotionDirectory).get(other.code, promotion.id),
    ).rejects.toMatchObject(notFound);
    await expect(
      replica.app.get(PromotionEditor).update(stranger, 1, { name: 'Mine' }),
    ).rejects.toMatchObject(notFound);
    const [code = ''] = await exported(id);
    await expect(replica.app.get(CouponFinder).get(other.id, code)).rejects.toMatchObject({
      code: 'promotions.coupon-not-found',
    });
    await expect(directory.export(address(), newId())).rejects.toMatchObject({
      code: 'promotions.batch-not-found',
    });
    promotion = await promote();
    await expect(generate()).rejects.toMatchObject({ code: 'promotions.coupons-not-needed' });
  });

  it('takes a coupon away from carts that hold it', async () => {
    const coupons = replica.app.get(CouponEditor);
    const { id } = await coupons.create(address(), { code: 'GONE', useLimit: null });
    const held = await replica.app.get(CouponFinder).get(store.id, 'GONE');
    await coupons.remove(address(), id);
    const offer = await replica.app.get(PromotionOffers).offerFor({
      buyer: { storeId: store.id, customerId: null, email: null },
      currency: 'EUR',
      coupons: [held],
      at: 0,
    });
    expect(offer.couponOutcomes([])).toEqual([
      { code: 'GONE', isApplied: false, reason: 'no-longer-valid' },
    ]);
    await expect(coupons.remove(address(), id)).rejects.toMatchObject({
      code: 'promotions.coupon-not-found',
    });
  });

  it('lists promotions newest first, from where a page ended', async () => {
    const made = [promotion];
    for (const name of ['Second', 'Third', 'Fourth']) made.push(await promote({ name }));
    const expected = made
      .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
      .map(({ id }) => id);
    const directory = replica.app.get(PromotionDirectory);
    const first = await directory.list(store.code, {}, undefined, 2);
    const second = await directory.list(store.code, {}, first.at(-1), 10);
    expect([...first, ...second].map(({ id }) => id)).toEqual(expected);
    expect(await directory.list(store.code, { state: 'paused' }, undefined, 10)).toEqual([]);
  });

  it('keeps a currency that amounts are in, and goes with its store', async () => {
    const stores = replica.app.get(StoreEditor);
    const reward = { kind: 'amount', amountMinor: 100, items: { kind: 'all' } } as const;
    const inDollars = await promote({ currency: 'USD', reward });
    await expect(stores.update(store.code, 1, { currencies: ['EUR'] })).rejects.toMatchObject({
      code: 'catalog.store-in-use',
    });
    await generate();
    await replica.app.get(PromotionEditor).remove({ ...address(), id: inDollars.id }, 1);
    await stores.update(store.code, 1, { currencies: ['EUR'] });
    await stores.remove(store.code, 2);
  });
});
