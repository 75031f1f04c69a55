import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { PictureRepository, RelatedProductRepository } from '#authoring/catalog';
import { StoreSettingsEditor } from '#authoring/stores';
import { sql } from '#libs/database';
import { StoreSettingsLookup } from '#libs/stores';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogFixture } from '../../libs/catalog/test/catalog-fixture.js';
import { demoShop } from './demo-shop.js';
import { DemoShopSeeder } from './demo-shop.seeder.js';

describeOnEachDatabase('DemoShopSeeder', (open) => {
  let catalog: CatalogFixture;

  beforeEach(async () => {
    catalog = await CatalogFixture.open(open);
  }, 60_000);

  afterEach(() => catalog.close());

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
        }),
    );
    try {
      const outcomes = await Promise.all(seeders.map((seeder) => seeder.seed(own)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await seeders[0]?.seed(own)).toBe(false);
    } finally {
      await other.close();
    }
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
