import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ProductEditor } from '#authoring/catalog';
import type { JobContext } from '#authoring/jobs';
import { PublishedProductViewRepository } from '#libs/catalog';
import { insertRows, sql, UnitOfWork, type Row } from '#libs/database';
import { newId } from '#libs/kernel';
import { SearchModule } from '#libs/search';
import { describeOnEachDatabase } from '#libs/testing';
import { jobContextOn } from '../../../../catalog/test/catalog-job-context.js';
import { productDraft } from '../../../../catalog/test/catalog-drafts.js';
import { names, shopLists } from '../../../../search/test/shop-lists.js';
import { OrderMoney } from '../../../test/order-money.js';
import { OrderShop } from '../../../test/order-shop.js';
import { COUNTED_MS, RatePopularityHandler } from './rate-popularity.handler.js';

describeOnEachDatabase('RatePopularityHandler', (open) => {
  let shop: OrderShop;
  let money: OrderMoney;
  let tags: string[];

  beforeAll(async () => {
    shop = await OrderShop.start(open, [SearchModule]);
    money = new OrderMoney(shop);
    tags = [];
    shop.app.get(UnitOfWork).onCommit((commit) => tags.push(...commit.tags));
  });

  afterAll(() => shop?.replica.close());

  const { list } = shopLists(() => shop.replica);

  /** A product of its own, in so many orders of so many pieces. */
  const ordered = async (times: number, quantity = 1) => {
    const sku = `ware-${newId().slice(-12)}`;
    const orders: string[] = [];
    for (let order = 0; order < times; order += 1) {
      orders.push((await shop.place([{ sku, priceMinor: 1_000, quantity }], 'invoice')).id);
    }
    const [line] = (await money.order(orders[0] ?? '')).lines;
    return { sku, orders, productId: line?.productId ?? '' };
  };

  const rate = async (signal?: AbortSignal) => {
    const context = jobContextOn(shop.replica.unitOfWork);
    tags.length = 0;
    const handler = shop.app.get(RatePopularityHandler);
    await handler.handle({}, signal === undefined ? context : { ...context, signal });
    return context.result;
  };

  const levels = async (...ids: readonly string[]) => {
    const products = await shop.app.get(PublishedProductViewRepository).some(shop.store.id, ids);
    return ids.map((id) => products.find((each) => each.id === id)?.popularity);
  };

  const rows = async (id: string) => {
    const found = await shop.replica.unitOfWork.run((tx) =>
      tx.query(sql`SELECT popularity_level FROM product_popularity WHERE product_id = ${id}`),
    );
    return found.length;
  };

  const change = (statement: ReturnType<typeof sql>) =>
    shop.replica.unitOfWork.run((tx) => tx.execute(statement));

  it('counts orders, not pieces, and names what has another level, once', async () => {
    const often = await ordered(5);
    const much = await ordered(1, 500);
    await rate();
    expect(await levels(often.productId, much.productId)).toEqual([3, 1]);
    expect(tags).toEqual(
      expect.arrayContaining([`popularity:${often.productId}`, `popularity:${much.productId}`]),
    );
    expect(await rate()).toEqual({ changed: 0 });
    expect(tags).toEqual([]);
  });

  it('does not count what was cancelled, given back or paid back, nor what is long ago', async () => {
    const [cancelled, gone, taken, back, old, edge] = [
      await ordered(4),
      await ordered(4),
      await ordered(4),
      await ordered(4),
      await ordered(4),
      await ordered(4),
    ] as const;
    const all = [cancelled, gone, taken, back, old, edge].map(({ productId }) => productId);
    await rate();
    expect(await levels(...all)).toEqual([3, 3, 3, 3, 3, 3]);

    for (const id of cancelled.orders) await money.staff(id, 'cancel');
    for (const id of gone.orders) {
      await change(sql`UPDATE sales_order SET state = 'cancelled' WHERE id = ${id}`);
    }
    for (const id of taken.orders) {
      const { lines } = await money.order(id);
      await change(sql`
        UPDATE sales_order_line
        SET returned_quantity = ${lines[0]?.quantity ?? 0}
        WHERE order_id = ${id}`);
    }
    for (const id of back.orders) {
      await change(sql`UPDATE sales_order SET payment_state = 'refunded' WHERE id = ${id}`);
    }
    const moved = (id: string, byMs: number) =>
      change(sql`UPDATE sales_order SET placed_at = placed_at - ${byMs} WHERE id = ${id}`);
    for (const id of old.orders) await moved(id, COUNTED_MS + 1_000);
    for (const id of edge.orders) await moved(id, COUNTED_MS - 600_000);
    expect(await rate()).toEqual({ changed: 5 });
    expect(await levels(...all)).toEqual([0, 0, 0, 0, 0, 3]);
    expect(await rows(cancelled.productId)).toBe(0);
  });

  it('sorts lists by it: what was held is made anew when a level changes', async () => {
    const [less, more] = [await ordered(1), await ordered(2)];
    const wanted = { sort: 'popular', filter: { q: 'product ware' } } as const;
    const isMine = (name: string) => name.endsWith(less.sku) || name.endsWith(more.sku);
    const mine = async () =>
      names(await list(shop.store, wanted)).flatMap((name) => (isMine(name) ? [name] : []));
    await rate();
    expect(await mine()).toEqual([`Product ${more.sku}`, `Product ${less.sku}`]);
    for (let order = 0; order < 3; order += 1) {
      await shop.place([{ sku: less.sku, priceMinor: 1_000, quantity: 1 }], 'invoice');
    }
    await rate();
    expect(await mine()).toEqual([`Product ${less.sku}`, `Product ${more.sku}`]);
  });

  it('forgets a product that is removed, although it was ordered', async () => {
    const { productId } = await ordered(2);
    await rate();
    expect(await rows(productId)).toBe(1);
    await shop.app.get(ProductEditor).remove({ storeCode: shop.store.code, id: productId }, 1);
    expect(await rows(productId)).toBe(0);
    expect(await rate()).toEqual({ changed: 0 });
    expect(tags).toEqual([]);
    expect(await rows(productId)).toBe(0);
  });

  it('goes on where it was ended, with what is left', async () => {
    const { productId } = await ordered(1);
    await rate();
    const drafts = Array.from({ length: 250 }, (_, number) => productDraft(`many-${number}`));
    await shop.replica.saveMany(shop.store, drafts);
    await shop.replica.unitOfWork.run(async (tx) => {
      const products = await tx.query<{ id: string }>(sql`
        SELECT id FROM product WHERE source_key LIKE 'many-%'`);
      const [line] = await tx.query<Row>(sql`
        SELECT * FROM sales_order_line WHERE product_id = ${productId}`);
      const lines = products.map(({ id }, at) => ({
        ...line,
        product_id: id,
        line_number: 2 + at,
      }));
      await insertRows(tx, 'sales_order_line', lines);
    });
    const rowsOfMany = async () => {
      const all = await shop.replica.unitOfWork.run((tx) =>
        tx.query(sql`
          SELECT p.id
          FROM product p
          JOIN product_popularity y ON y.store_id = p.store_id AND y.product_id = p.id
          WHERE p.source_key LIKE 'many-%'`),
      );
      return all.length;
    };
    const context = jobContextOn(shop.replica.unitOfWork);
    let steps = 0;
    const step: JobContext['step'] = async (name, work) => {
      if (steps === 1) throw new Error('the replica is killed');
      steps += 1;
      return context.step(name, work);
    };
    const handler = shop.app.get(RatePopularityHandler);
    await expect(handler.handle({}, { ...context, step })).rejects.toThrow('is killed');
    const written = await rowsOfMany();
    expect(written).toBeGreaterThan(100);
    await handler.handle({}, context);
    expect(context.result).toEqual({ changed: 250 - written });
    expect(await rowsOfMany()).toBe(250);
    expect(await rate()).toEqual({ changed: 0 });
  });

  it('stops when it is to', async () => {
    const { productId } = await ordered(2);
    const ended = new AbortController();
    ended.abort(new Error('the replica stops'));
    await expect(rate(ended.signal)).rejects.toThrow('the replica stops');
    expect(await levels(productId)).toEqual([0]);
  });
});
