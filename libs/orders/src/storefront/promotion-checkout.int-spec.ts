import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CartCoupons, type PricedCart } from '#libs/carts';
import { DatabaseClock, PrimaryReader, sql } from '#libs/database';
import { describeOnEachDatabase, StatementLog } from '#libs/testing';
import type { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { PromotedShop } from '../../test/promoted-shop.js';
import { OrderEditor } from '../authoring/order.editor.js';
import { CheckoutPlanning } from './checkout-planning.js';
import { OrderReader } from './order.reader.js';

const totalChanged = { code: 'orders.total-changed' };
const onlyFirst = [{ kind: 'first-order' }] as const;

/** Why the only promotion of the store does not apply; undefined when it does. */
function reasonIn({ promotions }: PricedCart): string | undefined {
  const [outcome] = promotions.outcomes;
  return outcome?.isApplied === false ? outcome.reason : undefined;
}

describeOnEachDatabase('a checkout with promotions', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;
  let statements: StatementLog;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open);
    statements = new StatementLog(replica.app.get(DataSource));
  }, 60_000);

  beforeEach(async () => {
    shop = await PromotedShop.open(replica);
  });

  afterAll(() => replica.close());

  const cancel = async (id: string) => {
    const address = { storeCode: shop.store.code, id };
    await replica.app.get(OrderEditor).act(address, 1, { action: 'cancel', reason: null });
  };

  /** Checks out all of them at once; how many orders there are, and what refused the others. */
  const race = async (carts: readonly { readonly id: string; readonly token: string }[]) => {
    const seen = await Promise.all(carts.map((held) => shop.look(held)));
    const results = await Promise.allSettled(
      carts.map((held, index) => shop.order(held, seen[index])),
    );
    const refusals = results.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
    );
    return { placed: results.length - refusals.length, refusals: new Set(refusals) };
  };

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

  it('does not ignore limits of automatic promotions', async () => {
    const limited = await shop.promote({ useLimit: 1 });
    const first = await shop.fill('ada@example.com');
    const second = await shop.fill('bob@example.com');
    const seen = await shop.look(second);
    await shop.order(first);
    await expect(shop.order(second, seen)).rejects.toMatchObject(totalChanged);
    expect(reasonIn(await shop.look(second))).toBe('used-up');
    await shop.order(second);
    expect(await shop.usesOf(limited)).toBe(1);
  });

  it('holds the limit of an automatic promotion, however many ask at once', async () => {
    const limited = await shop.promote({ useLimit: 3 });
    const carts = await Promise.all(
      Array.from({ length: 12 }, (_, index) => shop.fill(`shopper${index}@example.com`)),
    );
    expect((await race(carts)).placed).toBe(3);
    expect(await shop.usesOf(limited)).toBe(3);
  });

  it('uses a coupon with limit 5 five times, however many ask at once', async () => {
    const promotion = await shop.promote({ needsCoupon: true });
    await shop.addCoupon(promotion, 'FIVE', 5);
    const carts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => shop.fill(`shopper${index}@example.com`)),
    );
    for (const held of carts) await shop.give(held, 'FIVE');
    const { placed, refusals } = await race(carts);
    expect(placed).toBe(5);
    expect(refusals).toEqual(new Set(['orders.total-changed']));
    expect(await shop.usesOf(promotion)).toBe(5);
    const late = await shop.fill('late@example.com');
    expect((await shop.give(late, 'FIVE')).promotions.coupons).toEqual([
      { code: 'FIVE', isApplied: false, reason: 'coupon-used-up' },
    ]);
  });

  it('lets one customer use a promotion once, under however many checkouts, by the e-mail of a guest', async () => {
    const promotion = await shop.promote({ customerUseLimit: 1 });
    const emails = ['ada@example.com', ' Ada@Example.com', 'ADA@EXAMPLE.COM'];
    const carts = await Promise.all(
      Array.from({ length: 12 }, (_, index) => shop.fill(emails[index % 3])),
    );
    const { placed, refusals } = await race(carts);
    expect(placed).toBe(1);
    expect(refusals).toEqual(new Set(['orders.total-changed']));
    expect(await shop.usesOf(promotion)).toBe(1);
    await shop.order(await shop.fill('bob@example.com'));
    expect(await shop.usesOf(promotion)).toBe(2);
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
    expect((await race(carts)).placed).toBe(1);
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

  it('gives back what a cancelled order has used, once', async () => {
    const promotion = await shop.promote({ needsCoupon: true, useLimit: 1, customerUseLimit: 1 });
    await shop.addCoupon(promotion, 'ONE', 1);
    const first = await shop.fill('ada@example.com');
    await shop.give(first, 'ONE');
    const { id } = await shop.order(first);
    const second = await shop.fill('ada@example.com');
    expect(reasonIn(await shop.give(second, 'ONE'))).toBe('coupon-used-up');
    await cancel(id);
    expect(reasonIn(await shop.look(second))).toBeUndefined();
    await shop.order(second);
    expect(await shop.usesOf(promotion)).toBe(1);
    const third = await shop.fill('ada@example.com');
    expect(reasonIn(await shop.give(third, 'ONE'))).toBe('coupon-used-up');
  });

  it('counts what was used before a limit was set', async () => {
    const promotion = await shop.promote();
    await shop.order(await shop.fill('ada@example.com'));
    const limited = await shop.change(promotion, { useLimit: 2, customerUseLimit: 1 });
    expect(reasonIn(await shop.look(await shop.fill('ada@example.com')))).toBe(
      'customer-limit-reached',
    );
    await shop.order(await shop.fill('bob@example.com'));
    expect(reasonIn(await shop.look(await shop.fill('cyd@example.com')))).toBe('used-up');
    const unlimited = await shop.change(limited, { useLimit: null, customerUseLimit: null });
    await shop.order(await shop.fill('cyd@example.com'));
    await shop.change(unlimited, { useLimit: 3 });
    expect(reasonIn(await shop.look(await shop.fill('dan@example.com')))).toBe('used-up');
  });

  it('touches no counter where there is no limit', async () => {
    const promotion = await shop.promote({ needsCoupon: true });
    await shop.addCoupon(promotion, 'FREE');
    const held = await shop.fill('ada@example.com');
    await shop.give(held, 'FREE');
    statements.take();
    await shop.order(held);
    const sent = statements.take();
    expect(sent.join('\n')).toContain('promotion_use');
    const counted = sent.filter((text) =>
      /(UPDATE|INTO) "?(promotion_counter|promotion_customer_counter|coupon_code)/.test(text),
    );
    expect(counted).toEqual([]);
    expect(await shop.usesOf(promotion)).toBe(1);
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
