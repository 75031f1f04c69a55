import { PromotionDirectory, PromotionEditor } from '#authoring/promotions';
import type { Write } from './catalog-writes.js';
import type { ShopWorld } from './shop-world.js';

type Patch = Parameters<PromotionEditor['update']>[2];

const promotion = (name: string, patch: Patch): Write => ({
  name: `a promotion: ${name}`,
  run: async (shop) => {
    const address = { storeCode: shop.storeCode, id: await idOf(shop) };
    const { version } = await shop.get(PromotionDirectory).get(address.storeCode, address.id);
    await shop.get(PromotionEditor).update(address, version, patch);
  },
});

/** The oldest promotion: the shop was opened with it. */
async function idOf(shop: ShopWorld): Promise<string> {
  const all = await shop.get(PromotionDirectory).list(shop.storeCode, {}, undefined, 100);
  return all.at(-1)?.id ?? '';
}

/** What is written to promotions. */
export const promotionWrites: readonly Write[] = [
  promotion('its name', { name: 'Spring' }),
  promotion('its priority', { priority: 5 }),
  promotion('exclusive', { isExclusive: true }),
  promotion('with a coupon', { needsCoupon: true }),
  promotion('in one currency', { currency: 'EUR' }),
  promotion('from an instant on', { validFrom: 1_000 }),
  promotion('until an instant', { validUntil: 2_000_000 }),
  promotion('a condition', { conditions: [{ kind: 'cart-total', atLeastMinor: 500 }] }),
  promotion('a reward', { reward: { kind: 'shipping', percentPpm: 500_000 } }),
  promotion('a limit', { useLimit: 5 }),
  promotion('a limit for each customer', { customerUseLimit: 1 }),
  promotion('paused', { state: 'paused' }),
  promotion('active again', { state: 'active' }),
  {
    name: 'a promotion is made, and removed',
    run: async (shop) => {
      const { id } = await shop.openPromotion('Second');
      await shop.get(PromotionEditor).remove({ storeCode: shop.storeCode, id }, 1);
    },
  },
];
