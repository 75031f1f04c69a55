import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { CouponEditor } from '#authoring/promotions';
import { CartCoupons } from '#libs/carts';
import { DatabaseClock, PrimaryReader, sql } from '#libs/database';
import { promotionLimits } from '#libs/promotions';
import { describeOnEachDatabase } from '#libs/testing';
import type { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { PromotedShop, reasonIn } from '../../test/promoted-shop.js';
import { CheckoutPlanning } from './checkout-planning.js';
import { OrderReader } from './order.reader.js';

const totalChanged = { code: 'orders.total-changed' };
const onlyFirst = [{ kind: 'first-order' }] as const;

describeOnEachDatabase('a checkout with promotions', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open);
  });

  beforeEach(async () => {
    shop = await PromotedShop.open(replica);
  });

  afterAll(() => replica.close());

  it('takes off what the cart showed, and stores which promotions took what off which line', async () => {
    const off = await shop.promote({ priority: 1 });
    const free = await shop.promote({
      name: 'Post for nothing',
      needsCoupon: true,
      reward: { kind: 'shipping', percentPpm: 1_000_000 },
    });
    await shop.addCoupon(free, 'Post-Free');
    const held = await shop.fill('ada@example.com');
    const cart = await shop.give(held, ' post-free ');
    expect(cart.promotions.coupons).toEqual([{ code: 'POST-FREE', isApplied: true, reason: null }]);
    expect(cart.totals).toMatchObject({ totalMinor: 1_800, discountMinor: 200, shippingMinor: 0 });
    const placed = await shop.order(held);
    // What happens to the promotion later changes no order.
    await shop.change(off, { name: 'Renamed', state: 'paused' });
    const access = { by: 'holding', token: held.token } as const;
    const order = await replica.app.get(OrderReader).get(placed.number, access);
    expect(order).toMatchObject({
      totalMinor: 1_800,
      promotions: [
        {
          promotion: off.id,
          version: 1,
          name: 'Ten off',
          coupon: null,
          amountMinor: 200,
          shippingMinor: 0,
          allocations: [{ line: 1, amountMinor: 200 }],
        },
        { promotion: free.id, coupon: 'POST-FREE', amountMinor: 0, shippingMinor: 490 },
      ],
      lines: [{ discounts: [{ promotion: off.id, amountMinor: 200 }] }],
    });
  });

  it('keeps a coupon that an order has used', async () => {
    const promotion = await shop.promote({ needsCoupon: true });
    const { id } = await shop.addCoupon(promotion, 'USED');
    const held = await shop.fill('ada@example.com');
    await shop.give(held, 'USED');
    await shop.order(held);
    const coupons = replica.app.get(CouponEditor);
    const address = { storeCode: shop.store.code, id: promotion.id };
    await expect(coupons.remove(address, id)).rejects.toMatchObject({
      code: 'promotions.coupon-used',
    });
    const again = await shop.give(await shop.fill('bob@example.com'), 'USED');
    expect(again.promotions.coupons).toMatchObject([{ code: 'USED', isApplied: true }]);
  });

  it('takes coupons of so many promotions and no more, and keeps those that it has', async () => {
    const held = await shop.fill('ada@example.com');
    for (let count = 0; count <= promotionLimits.couponsOfCart; count += 1) {
      await shop.addCoupon(await shop.promote({ needsCoupon: true }), `CODE-${count}`);
    }
    for (let count = 0; count < promotionLimits.couponsOfCart; count += 1) {
      await shop.give(held, `CODE-${count}`);
    }
    await expect(shop.give(held, `CODE-${promotionLimits.couponsOfCart}`)).rejects.toMatchObject({
      code: 'carts.too-many-coupons',
    });
    const { coupons } = (await shop.look(held)).promotions;
    expect(coupons).toHaveLength(promotionLimits.couponsOfCart);
  });

  it('lets a promotion of a category reach what is in a category below', async () => {
    const [row] = await replica.app.get(PrimaryReader).query<{ id: string }>(sql`
      SELECT id
      FROM category
      WHERE store_id = ${shop.store.id} AND parent_id IS NULL`);
    const items = { kind: 'categories', categoryIds: [row?.id ?? ''] } as const;
    await shop.promote({
      currency: 'EUR',
      reward: { kind: 'amount', amountMinor: 300, items },
    });
    expect(await shop.look(await shop.fill('ada@example.com'))).toMatchObject({
      totals: { discountMinor: 300 },
    });
  });

  it('ships free of charge from what the goods come to after the promotions', async () => {
    await shop.promote();
    const charged = await shop.look(await shop.fill('ada@example.com', 5));
    expect(charged.totals).toMatchObject({ totalMinor: 4_990, shippingMinor: 490 });
    const free = await shop.look(await shop.fill('ada@example.com', 6));
    expect(free.totals).toMatchObject({ totalMinor: 5_400, shippingMinor: 0 });
  });

  it('takes an order that costs nothing any more', async () => {
    const reward = { kind: 'percent', percentPpm: 1_000_000, items: { kind: 'all' } } as const;
    await shop.promote({ reward: { ...reward, atMostMinor: null } });
    await shop.promote({ reward: { kind: 'shipping', percentPpm: 1_000_000 } });
    expect(await shop.order(await shop.fill('ada@example.com'))).toMatchObject({ totalMinor: 0 });
  });

  it('begins and ends a promotion at its instant, although nothing is voided', async () => {
    const clock = replica.app.get(DatabaseClock);
    const now = clock.wallMs();
    await shop.promote({ validFrom: now + 60_000, validUntil: now + 120_000 });
    const held = await shop.fill('ada@example.com');
    const wallMs = clock.wallMs.bind(clock);
    const at = async (ms: number) => {
      clock.wallMs = () => now + ms;
      try {
        return reasonIn(await shop.look(held));
      } finally {
        clock.wallMs = wallMs;
      }
    };
    expect(await at(59_999)).toBe('not-yet-valid');
    expect(await at(60_000)).toBeUndefined();
    expect(await at(120_000)).toBe('no-longer-valid');
  });

  it('prices the cart of a guest who has said no e-mail, whatever is limited for each customer', async () => {
    await shop.promote({ customerUseLimit: 1, conditions: onlyFirst });
    expect(await shop.look(await shop.fill(undefined))).toMatchObject({
      totals: { discountMinor: 200 },
    });
  });

  it('takes off the first order alone, also of several at once', async () => {
    await shop.promote({ conditions: onlyFirst });
    const carts = await Promise.all(Array.from({ length: 5 }, () => shop.fill('ada@example.com')));
    expect((await shop.race(carts)).placed).toBe(1);
    const again = await shop.fill('ada@example.com');
    expect(reasonIn(await shop.look(again))).toBe('not-first-order');
  });

  it('is told of an earlier order inside the unit of work', async () => {
    const held = await shop.fill('ada@example.com');
    const other = await shop.fill('ada@example.com', 1);
    const twoPads = [
      { kind: 'quantity', atLeast: 2, items: { kind: 'all' } },
      ...onlyFirst,
    ] as const;
    await shop.promote({ conditions: twoPads });
    const seen = await shop.look(held);
    const planning = replica.app.get(CheckoutPlanning);
    const plan = planning.plan.bind(planning);
    let isOrdered = false;
    planning.plan = async (...given) => {
      const planned = await plan(...given);
      if (!isOrdered) {
        isOrdered = true;
        await shop.order(other);
      }
      return planned;
    };
    try {
      await expect(shop.order(held, seen)).rejects.toMatchObject(totalChanged);
    } finally {
      planning.plan = plan;
    }
  });

  it('plans again when a promotion changes between the plan and the unit of work', async () => {
    const promotion = await shop.promote();
    const held = await shop.fill('ada@example.com');
    const seen = await shop.look(held);
    const planning = replica.app.get(CheckoutPlanning);
    const plan = planning.plan.bind(planning);
    let isChanged = false;
    planning.plan = async (...given) => {
      const planned = await plan(...given);
      if (!isChanged) {
        isChanged = true;
        await shop.change(promotion, { state: 'paused' });
      }
      return planned;
    };
    try {
      await expect(shop.order(held, seen)).rejects.toMatchObject({
        ...totalChanged,
        details: { total: { amount: 2_490 } },
      });
    } finally {
      planning.plan = plan;
    }
  });

  it('keeps one coupon of a promotion in a cart, and forgets what is taken back', async () => {
    const promotion = await shop.promote({ needsCoupon: true });
    await shop.addCoupon(promotion, 'ONE');
    await shop.addCoupon(promotion, 'TWO');
    const held = await shop.fill('ada@example.com');
    await shop.give(held, 'ONE');
    expect((await shop.give(held, 'TWO')).promotions.coupons).toMatchObject([{ code: 'TWO' }]);
    const coupons = replica.app.get(CartCoupons);
    await expect(coupons.remove(held, undefined, 'ONE')).rejects.toMatchObject({
      code: 'carts.coupon-not-held',
    });
    const cart = await coupons.remove(held, undefined, 'two');
    expect(cart.promotions.coupons).toEqual([]);
    expect(cart.totals.discountMinor).toBe(0);
    for (const code of ['NONE', 'x', "' OR 1=1 --"]) {
      await expect(shop.give(held, code)).rejects.toMatchObject({
        code: 'promotions.coupon-not-found',
      });
    }
  });
});
