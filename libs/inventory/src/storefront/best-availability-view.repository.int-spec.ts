import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../catalog/test/catalog-fixture.js';
import { availabilityOf, bestOf, type Availability } from '../model/stock.js';
import { BestAvailabilityViewRepository } from './best-availability-view.repository.js';

const RESERVED = 2;
const STOCKS = [-1, RESERVED, RESERVED + 1].flatMap((onHand) =>
  [true, false].flatMap((isTracked) =>
    [true, false].map((allowsBackorder) => ({ onHand, isTracked, allowsBackorder })),
  ),
);

describeOnEachDatabase('the best availability of products', (open) => {
  let catalog: CatalogFixture;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(open);
  });

  afterAll(() => catalog.close());

  const setAll = (assignment: 'reserved' | 'sale_priority', value: number) =>
    catalog.unitOfWork.run((tx) =>
      tx.execute(
        assignment === 'reserved'
          ? sql`UPDATE stock_item SET reserved = ${value}`
          : sql`UPDATE location SET sale_priority = ${value}`,
      ),
    );

  it('is that of their best variant, whatever stock the others have', async () => {
    const store = await catalog.addStore();
    const pairs = STOCKS.flatMap((one) => STOCKS.map((other) => [one, other] as const));
    await catalog.saveMany(
      store,
      pairs.map((stocks, index) =>
        productDraft(String(index), {
          options: ['Size'],
          variants: stocks.map((stock, nth) => variantDraft({ optionValues: [`${nth}`], stock })),
        }),
      ),
    );
    await setAll('reserved', RESERVED);
    const rows = await catalog.reader.query<{ id: string; source_key: string }>(
      sql`SELECT id, source_key FROM product WHERE store_id = ${store.id}`,
    );
    const wanted = rows.map(({ source_key: key }): Availability => {
      const stocks = pairs[Number(key)] ?? [];
      return bestOf(stocks.map((stock) => availabilityOf({ ...stock, reserved: RESERVED })));
    });
    expect(new Set(wanted)).toEqual(new Set(['in-stock', 'backorder', 'out-of-stock']));
    const availability = new BestAvailabilityViewRepository(catalog.reader);
    const ids = rows.map(({ id }) => id);
    expect(await availability.list([...ids, 'gone'])).toEqual([...wanted, 'out-of-stock']);
    // What lies where nothing is sold from cannot be had.
    await setAll('sale_priority', 0);
    expect(new Set(await availability.list(ids))).toEqual(new Set(['out-of-stock']));
  });
});
