import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ErasureObservers } from '#libs/customers';
import { PrimaryReader, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import type { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { addCustomer } from '../../../../customers/test/add-customer.js';
import { someAddress } from '../../../../stores/test/some-address.js';
import { PromotedShop } from '../../../test/promoted-shop.js';
import { OrderDirectory } from '../order.directory.js';
import { OrdersStoreDependant } from '../orders-store-dependant.js';
import { OrderDraftDirectory } from './order-draft.directory.js';
import { OrderDraftEditor } from './order-draft.editor.js';
import { OrderDraftEraser } from './order-draft.eraser.js';
import { OrderDraftPlacing } from './order-draft.placing.js';
import { DRAFT_LIFE_MS, type DraftContent } from './order-draft.js';

const content: DraftContent = {
  order: {
    items: [{ sku: 'PAD', quantity: 2 }],
    customerId: null,
    email: 'phone@example.com',
    coupons: [],
    shippingMethod: 'post',
    shippingAddress: someAddress,
    billingAddress: null,
    paymentMethod: 'manual',
    agreedPrices: [{ sku: 'PAD', unitPriceMinor: 900, reason: 'a scratch' }],
  },
  note: 'calls again on Monday',
};
const draftOf = (customerId: string) => ({ ...content, order: { ...content.order, customerId } });

describeOnEachDatabase('a draft of an order', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open);
    shop = await PromotedShop.open(replica);
  });

  afterAll(() => replica?.close());

  const address = (id: string) => ({ storeCode: shop.store.code, id });
  const editor = () => replica.app.get(OrderDraftEditor);
  const create = (of = content) => editor().create(shop.store.code, of);
  const get = (id: string) => replica.app.get(OrderDraftDirectory).get(address(id));
  const place = (id: string, key: string = newId(), version = 1, amount = 2_290) =>
    replica.app
      .get(OrderDraftPlacing)
      .place(address(id), { key, version, expectedTotal: { amount, currency: 'EUR' } });
  const numbers = async () => {
    const [row] = await replica.app.get(PrimaryReader).query<{ orders: number; on_hand: number }>(
      sql`
      SELECT (SELECT COUNT(*) FROM sales_order) AS orders, SUM(s.on_hand) AS on_hand
      FROM stock_item s`,
    );
    return { orders: row?.orders ?? 0, onHand: row?.on_hand ?? 0 };
  };

  it('is written, listed, replaced and deleted on the version that was seen, and takes nothing', async () => {
    const before = await numbers();
    const { id } = await create();
    expect(await get(id)).toMatchObject({ ...content, version: 1 });
    const listed = await replica.app.get(OrderDraftDirectory).list(shop.store.code, undefined, 10);
    expect(listed.map((each) => each.id)).toContain(id);
    const other = { ...content, note: null };
    expect(await editor().replace(address(id), 1, other)).toMatchObject({ version: 2, note: null });
    const stale = { code: 'http.stale-version' };
    await expect(editor().replace(address(id), 1, content)).rejects.toMatchObject(stale);
    await expect(editor().remove(address(id), 1)).rejects.toMatchObject(stale);
    await expect(place(id, newId(), 1)).rejects.toMatchObject(stale);
    const elsewhere = await replica.addStore();
    await expect(
      replica.app.get(OrderDraftDirectory).get({ storeCode: elsewhere.code, id }),
    ).rejects.toMatchObject({ code: 'orders.draft-not-found' });
    const dependant = replica.app.get(OrdersStoreDependant);
    const dependsOn = (store: typeof elsewhere) =>
      replica.unitOfWork.run((tx) => dependant.hasRowsOf(tx, store));
    expect([await dependsOn(shop.store), await dependsOn(elsewhere)]).toEqual([true, false]);
    await editor().remove(address(id), 2);
    await expect(get(id)).rejects.toMatchObject({ code: 'orders.draft-not-found' });
    expect(await numbers()).toEqual(before);
  });

  it('becomes one order, for one key and for two of the staff at once', async () => {
    const before = await numbers();
    const key = newId();
    const { id } = await create();
    await expect(place(id, newId(), 1, 2_490)).rejects.toMatchObject({
      code: 'orders.total-changed',
    });
    const first = await place(id, key);
    expect(await place(id, key)).toEqual(first);
    const order = await replica.app.get(OrderDirectory).get(shop.store.code, first.id);
    expect(order).toMatchObject({ totalMinor: 2_290, lines: [{ unitPriceMinor: 900 }] });
    const second = await create();
    const ends = await Promise.allSettled([place(second.id), place(second.id)]);
    const [refusal] = ends.filter((end) => end.status === 'rejected');
    expect(refusal?.reason).toMatchObject({ code: 'orders.draft-not-found' });
    expect(await numbers()).toEqual({ orders: before.orders + 2, onHand: before.onHand - 4 });
  });

  it('is written for customers of the store only, and goes with them', async () => {
    const { id: customerId } = await addCustomer(replica.unitOfWork, shop.store);
    const { id: stranger } = await addCustomer(replica.unitOfWork, await replica.addStore());
    const unknown = { code: 'customers.customer-not-found' };
    await expect(create(draftOf(stranger))).rejects.toMatchObject(unknown);
    const [theirs, guests] = [await create(draftOf(customerId)), await create()];
    await replica.unitOfWork.run(async (tx) => {
      await tx.execute(sql`
        UPDATE customer
        SET erased_at = 2
        WHERE id = ${customerId}`);
      await replica.app.get(ErasureObservers).tell(tx, customerId);
    });
    await expect(get(theirs.id)).rejects.toMatchObject({ code: 'orders.draft-not-found' });
    expect(await get(guests.id)).toMatchObject({ id: guests.id });
    await expect(create(draftOf(customerId))).rejects.toMatchObject(unknown);
    await expect(
      editor().replace(address(guests.id), 1, draftOf(customerId)),
    ).rejects.toMatchObject(unknown);
  });

  it('goes when it was not written for long', async () => {
    const { id, updatedAt } = await create();
    const eraser = replica.app.get(OrderDraftEraser);
    await eraser.pruneBatch(updatedAt + DRAFT_LIFE_MS);
    expect(await get(id)).toMatchObject({ id });
    await eraser.pruneBatch(updatedAt + DRAFT_LIFE_MS + 1);
    await expect(get(id)).rejects.toMatchObject({ code: 'orders.draft-not-found' });
  });
});
