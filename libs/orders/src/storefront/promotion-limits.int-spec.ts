import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { describeOnEachDatabase, StatementLog } from '#libs/testing';
import type { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { PromotedShop, reasonIn } from '../../test/promoted-shop.js';
import { OrderEditor } from '../authoring/order.editor.js';

const totalChanged = { code: 'orders.total-changed' };

describeOnEachDatabase('the limits of promotions', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;
  let statements: StatementLog;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open);
    statements = new StatementLog(replica.app.get(DataSource));
  });

  beforeEach(async () => {
    shop = await PromotedShop.open(replica);
  });

  afterAll(() => replica.close());

  const cancel = async (id: string) => {
    const address = { storeCode: shop.store.code, id };
    await replica.app.get(OrderEditor).act(address, 1, { action: 'cancel', reason: null });
  };

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
    expect((await shop.race(carts)).placed).toBe(3);
    expect(await shop.usesOf(limited)).toBe(3);
  });

  it('uses a coupon with limit 5 five times, however many ask at once', async () => {
    const promotion = await shop.promote({ needsCoupon: true });
    await shop.addCoupon(promotion, 'FIVE', 5);
    const carts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => shop.fill(`shopper${index}@example.com`)),
    );
    for (const held of carts) await shop.give(held, 'FIVE');
    const { placed, refusals } = await shop.race(carts);
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
    const { placed, refusals } = await shop.race(carts);
    expect(placed).toBe(1);
    expect(refusals).toEqual(new Set(['orders.total-changed']));
    expect(await shop.usesOf(promotion)).toBe(1);
    await shop.order(await shop.fill('bob@example.com'));
    expect(await shop.usesOf(promotion)).toBe(2);
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
});
