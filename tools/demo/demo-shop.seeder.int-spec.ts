import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { PictureRepository, RelatedProductRepository } from '#authoring/catalog';
import { StoreSettingsEditor } from '#authoring/stores';
import { CouponEditor, PromotionEditor } from '#authoring/promotions';
import { DatabaseClock, sql, type UnitOfWork } from '#libs/database';
import { systemClock } from '#libs/kernel';
import { StoreSettingsLookup } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogFixture } from '../../libs/catalog/test/catalog-fixture.js';
import { CouponPromotions } from '../../libs/promotions/src/authoring/coupon-promotions.js';
import { CouponRepository } from '../../libs/promotions/src/authoring/coupon.repository.js';
import { PromotionCountersRepository } from '../../libs/promotions/src/authoring/promotion-counters.repository.js';
import { PromotionRepository } from '../../libs/promotions/src/authoring/promotion.repository.js';
import { demoPromotions } from './demo-promotions.js';
import { demoShop } from './demo-shop.js';
import { DemoShopSeeder } from './demo-shop.seeder.js';

describeOnEachDatabase('DemoShopSeeder', (open) => {
  let catalog: CatalogFixture;

  beforeEach(async () => {
    catalog = await CatalogFixture.open(open);
  });

  afterEach(() => catalog.close());

  const promotionsOf = (unitOfWork: UnitOfWork) => {
    const { reader, storeLookup: stores } = catalog;
    const ignore = (): void => undefined;
    const options = { reader, local: systemClock, onJump: ignore, onFailure: ignore };
    const clock = new DatabaseClock(options);
    const rows = new PromotionRepository();
    const counters = new PromotionCountersRepository();
    const forCoupons = new CouponPromotions(stores, rows);
    return {
      promotions: new PromotionEditor(unitOfWork, clock, stores, rows, counters),
      coupons: new CouponEditor(unitOfWork, clock, forCoupons, new CouponRepository()),
    };
  };

  it('writes the whole demo shop once, also when two processes start with it', async () => {
    const shop = demoShop();
    // On a server that several suites share, the shop has a store of its own each time.
    const code = `demo-${Date.now()}`;
    const own = { ...shop, store: { ...shop.store, code } };
    const other = await catalog.another();
    const seeders = [catalog.unitOfWork, other.unitOfWork].map(
      (unitOfWork) =>
        new DemoShopSeeder({
          unitOfWork,
          lookup: catalog.storeLookup,
          stores: catalog.stores,
          settings: new StoreSettingsEditor(
            unitOfWork,
            catalog.storeLookup,
            new StoreSettingsLookup(),
          ),
          categories: catalog.categories,
          writer: catalog.writer,
          relatedProducts: new RelatedProductRepository(catalog.reader),
          pictures: new PictureRepository(),
          ...promotionsOf(unitOfWork),
        }),
    );
    try {
      const outcomes = await Promise.all(seeders.map((seeder) => seeder.seed(own)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await seeders[0]?.seed(own)).toBe(false);
    } finally {
      await other.close();
    }
    const taken = await catalog.reader.query<{ name: string; code: string | null }>(sql`
      SELECT p.name, c.code
      FROM promotion p
      JOIN store s ON s.id = p.store_id
      LEFT JOIN coupon_code c ON c.promotion_id = p.id
      WHERE s.code = ${code}
      ORDER BY p.priority DESC, p.id`);
    expect(taken).toEqual(
      demoPromotions.map(({ content, coupon }) => ({ name: content.name, code: coupon ?? null })),
    );
    const rows = await catalog.reader.query<{ products: number; listed: number }>(
      sql`SELECT (SELECT COUNT(*) FROM product p JOIN store s ON s.id = p.store_id WHERE s.code = ${code}) AS products, (SELECT COUNT(*) FROM product_listing_price l JOIN store s ON s.id = l.store_id WHERE s.code = ${code} AND l.currency = 'USD') AS listed`,
    );
    const [pictures] = await catalog.reader.query<{ stored: number }>(sql`
      SELECT COUNT(*) AS stored
      FROM picture
      WHERE path LIKE 'demo/%' AND body LIKE '<svg%'
    `);
    expect(pictures).toEqual({ stored: shop.products.length });
    expect(rows).toEqual([{ products: shop.products.length, listed: shop.products.length }]);
  });
});
