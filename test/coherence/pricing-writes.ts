import {
  RelativeListDirectory,
  RelativeListEditor,
  RepricingDirectory,
  RepricingEditor,
} from '#authoring/pricing';
import { sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { jobContextOn } from '../../libs/catalog/test/catalog-job-context.js';
import { percent } from '../../libs/catalog/test/repricing-fixture.js';
import { RepriceProductsHandler } from '../../libs/pricing/src/authoring/repricing/reprice-products.handler.js';
import { EXACT } from '#libs/pricing';
import type { Write } from './catalog-writes.js';
import type { ShopWorld } from './shop-world.js';

/** Carries out a bulk change of prices, as its job does. */
async function reprice(shop: ShopWorld, repricingId: string): Promise<void> {
  await shop.get(RepriceProductsHandler).handle({ repricingId }, jobContextOn(shop.unitOfWork));
  await shop.unitOfWork.run((tx) =>
    tx.execute(sql`UPDATE job SET state = 'completed' WHERE name = 'reprice-products'`),
  );
}

type Content = Parameters<RelativeListEditor['create']>[1];

const trade: Content = {
  code: 'trade',
  name: 'Trade',
  currency: 'EUR',
  priority: 10,
  customerGroup: 'trade',
  validFrom: null,
  validUntil: null,
  rule: { shift: { kind: 'percent', percentPpm: -100_000 }, rounding: EXACT },
};

const list = (name: string, changes: Partial<Content>): Write => ({
  name: `a price list: ${name}`,
  run: async (shop) => {
    const [found] = await shop.get(RelativeListDirectory).list(shop.storeCode);
    if (found === undefined) throw new TypeError('there is no list');
    const { id, version, storeId: _, createdAt: __, updatedAt: ___, ...content } = found;
    const address = { storeCode: shop.storeCode, id };
    await shop.get(RelativeListEditor).replace(address, version, { ...content, ...changes });
  },
});

/** Price lists, and changes of many prices at once. */
export const pricingWrites: readonly Write[] = [
  {
    name: 'a price list is made',
    run: (shop) => shop.get(RelativeListEditor).create(shop.storeCode, trade),
  },
  list('its code', { code: 'dealers' }),
  list('its name', { name: 'Dealers' }),
  list('its currency', { currency: 'USD' }),
  list('its priority', { priority: 20 }),
  list('its group', { customerGroup: 'club' }),
  list('from an instant on', { validFrom: 1_000 }),
  list('until an instant', { validUntil: 2_000 }),
  list('its rule', { rule: { ...trade.rule, shift: { kind: 'amount', amountMinor: -5 } } }),
  {
    name: 'a price list is removed',
    run: async (shop) => {
      const [found] = await shop.get(RelativeListDirectory).list(shop.storeCode);
      const { id = '', version = 0 } = found ?? {};
      await shop.get(RelativeListEditor).remove({ storeCode: shop.storeCode, id }, version);
    },
  },
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
