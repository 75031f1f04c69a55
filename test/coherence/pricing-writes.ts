import { RepricingDirectory, RepricingEditor } from '#authoring/pricing';
import { sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { jobContextOn } from '../../libs/catalog/test/catalog-job-context.js';
import { percent } from '../../libs/catalog/test/repricing-fixture.js';
import { RepriceProductsHandler } from '../../libs/pricing/src/authoring/repricing/reprice-products.handler.js';
import type { Write } from './catalog-writes.js';
import type { ShopWorld } from './shop-world.js';

/** Carries out a bulk change of prices, as its job does. */
async function reprice(shop: ShopWorld, repricingId: string): Promise<void> {
  await shop.get(RepriceProductsHandler).handle({ repricingId }, jobContextOn(shop.unitOfWork));
  await shop.unitOfWork.run((tx) =>
    tx.execute(sql`UPDATE job SET state = 'completed' WHERE name = 'reprice-products'`),
  );
}

/** Changes of many prices at once. */
export const pricingWrites: readonly Write[] = [
  {
    name: 'prices: many at once',
    run: async (shop) => {
      const { storeCode } = shop;
      const request = { storeCode, currency: 'EUR', selection: {}, rule: percent(-100_000) };
      const { repricingId } = await shop.get(RepricingEditor).start(request, newId());
      await reprice(shop, repricingId);
    },
  },
  {
    name: 'prices: many at once, undone',
    run: async (shop) => {
      const [last] = await shop.get(RepricingDirectory).list(shop.storeCode, undefined, 1);
      const editor = shop.get(RepricingEditor);
      const { repricingId } = await editor.undo(shop.storeCode, last?.id ?? '', newId());
      await reprice(shop, repricingId);
    },
  },
];
