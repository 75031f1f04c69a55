import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CustomerCarts, type CartOwner } from '#libs/carts';
import { DatabaseClock, PrimaryReader } from '#libs/database';
import { AvailabilityReader, StockHolds } from '#libs/inventory';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { CartPruner } from '../../../carts/src/authoring/cart.pruner.js';
import { RuntimeSettingEditor } from '../../../scaling/src/authoring/settings/runtime-setting.editor.js';
import { RuntimeSettingsLookup } from '../../../scaling/src/model/settings/runtime-settings-lookup.js';
import { HoldingShop } from '../../test/holding-shop.js';
import { OrderConfirmation } from '../authoring/confirming/order-confirmation.js';

const MINUTE = 60_000;
const NOT_ENOUGH = { code: 'inventory.not-enough' };

describeOnEachDatabase('goods that are kept for carts', (open) => {
  let shop: HoldingShop;

  beforeAll(async () => {
    shop = await HoldingShop.start(open);
  });

  afterAll(() => shop?.shop.replica.close());

  const run: HoldingShop['shop']['replica']['unitOfWork']['run'] = (work) =>
    shop.shop.replica.unitOfWork.run(work);
  const holds = () => shop.shop.app.get(StockHolds);
  const release = () => run((tx) => holds().releaseExpired(tx, Date.now()));
  const availabilityOf = async (productId = '', variantId = '') =>
    (await shop.shop.app.get(AvailabilityReader).get(productId))[variantId];

  const adoptedBy = (owner: CartOwner) => async (guest: { id: string; token: string }) => {
    const carts = shop.shop.app.get(CustomerCarts);
    const rules = await carts.rulesOf(shop.shop.store.code);
    await run((tx) => carts.adopt(tx, guest, owner, rules));
  };

  it('are kept from the next cart, which is told item by item and has the others', async () => {
    const [last, other] = [await shop.ware(1), await shop.ware(5)];
    const first = await shop.cartWith(last, 1);
    expect(await shop.item(last)).toEqual({
      onHand: 1,
      reserved: 1,
      holds: [{ holder: first.id, quantity: 1 }],
    });
    const second = await shop.cart();
    const items = await shop.add(second, [last, 1], [other, 2]);
    expect(items).toMatchObject([
      { sku: last, isAdded: false, reason: 'not-enough' },
      { sku: other, isAdded: true, quantity: 2 },
    ]);
    expect((await shop.carts.get(second)).lines).toMatchObject([{ sku: other, quantity: 2 }]);
    expect((await shop.item(last)).holds).toEqual([{ holder: first.id, quantity: 1 }]);
    expect((await shop.item(other)).reserved).toBe(2);
    // Others see that there is none left; whose it is does not.
    const line = await shop.lineOf(first, last);
    expect(line).toMatchObject({ availability: 'in-stock', problem: null });
    const seen = () => availabilityOf(line?.productId, line?.variantId);
    expect(await seen()).toBe('out-of-stock');
    await shop.set(first, last, 0);
    expect(await seen()).toBe('in-stock');
    await shop.add(first, [last, 1]);
    expect(await seen()).toBe('out-of-stock');
  });

  it('are never kept twice, however many carts want them at once', async () => {
    const sku = await shop.ware(3);
    const carts = await Promise.all(Array.from({ length: 8 }, () => shop.cart()));
    const outcomes = await Promise.all(carts.map((cart) => shop.add(cart, [sku, 1])));
    expect(outcomes.flat().filter(({ isAdded }) => isAdded)).toHaveLength(3);
    const { reserved, holds: kept } = await shop.item(sku);
    expect([reserved, kept.length]).toEqual([3, 3]);
  });

  it('are taken by the order of their cart, and nothing that others see changes', async () => {
    const [last, other] = [await shop.ware(1), await shop.ware(7)];
    const cart = await shop.cart();
    await shop.add(cart, [last, 1], [other, 2]);
    const line = await shop.lineOf(cart, last);
    const tags: string[] = [];
    const stop = shop.shop.replica.unitOfWork.onCommit((commit) => tags.push(...commit.tags));
    await shop.order(cart);
    stop();
    expect(tags).not.toContain(`availability:${line?.productId}`);
    expect(await shop.item(last)).toEqual({ onHand: 0, reserved: 0, holds: [] });
    expect(await shop.item(other)).toEqual({ onHand: 5, reserved: 0, holds: [] });
  });

  it('are not sold to an order of somebody else', async () => {
    const sku = await shop.ware(2);
    await shop.keep(null);
    const without = await shop.cartWith(sku, 2);
    await shop.keep({ minutes: 10, pieces: 5 });
    const held = await shop.cartWith(sku, 1);
    await expect(shop.order(without)).rejects.toMatchObject(NOT_ENOUGH);
    await shop.order(held);
    expect(await shop.item(sku)).toEqual({ onHand: 1, reserved: 0, holds: [] });
  });

  it('are given back once they have expired, and once only', async () => {
    const sku = await shop.ware(2);
    const cart = await shop.cartWith(sku, 2);
    expect(await release()).toBe(0);
    await shop.expire(cart);
    const released = await Promise.all([release(), release(), release()]);
    expect(released.toSorted((one, other) => one - other)).toEqual([0, 0, 1]);
    expect(await shop.item(sku)).toEqual({ onHand: 2, reserved: 0, holds: [] });
    // It competes like anybody else by now.
    const rival = await shop.cartWith(sku, 1);
    expect((await shop.item(sku)).holds).toEqual([{ holder: rival.id, quantity: 1 }]);
    await expect(shop.order(cart)).rejects.toMatchObject(NOT_ENOUGH);
    await shop.set(rival, sku, 0);
    await shop.order(cart);
    expect(await shop.item(sku)).toEqual({ onHand: 0, reserved: 0, holds: [] });
  });

  it('go to who asks for them once they have expired, before any job has released them', async () => {
    const sku = await shop.ware(2);
    const late = await shop.cartWith(sku, 2);
    await shop.expire(late);
    const quick = await shop.cart();
    expect(await shop.add(quick, [sku, 2])).toMatchObject([{ isAdded: true }]);
    expect((await shop.item(sku)).holds).toEqual([{ holder: quick.id, quantity: 2 }]);
    expect((await shop.item(sku)).reserved).toBe(2);
    // What becomes less is never refused.
    await shop.set(late, sku, 1);
    expect(await shop.lineOf(late, sku)).toMatchObject({ quantity: 1 });
  });

  it('follow the quantity of a line; more than there is changes nothing', async () => {
    const sku = await shop.ware(4);
    const cart = await shop.cartWith(sku, 2);
    await shop.cartWith(sku, 1);
    await expect(shop.set(cart, sku, 4)).rejects.toMatchObject(NOT_ENOUGH);
    expect(await shop.lineOf(cart, sku)).toMatchObject({ quantity: 2 });
    const added = await shop.add(cart, [sku, 2]);
    expect(added).toMatchObject([{ isAdded: false, reason: 'not-enough' }]);
    expect((await shop.item(sku)).reserved).toBe(3);
    await shop.set(cart, sku, 3);
    expect((await shop.item(sku)).reserved).toBe(4);
    await shop.set(cart, sku, 1);
    expect((await shop.item(sku)).reserved).toBe(2);
    await shop.set(cart, sku, 0);
    expect((await shop.item(sku)).reserved).toBe(1);
  });

  it('are no more of an item than the store keeps, and nothing of what can be ordered anyway', async () => {
    const [sku, later] = [await shop.ware(9), await shop.ware(1, true)];
    const cart = await shop.cartWith(sku, 6);
    await shop.add(cart, [later, 3]);
    expect(await shop.item(sku)).toMatchObject({ reserved: 0, holds: [] });
    expect(await shop.item(later)).toMatchObject({ reserved: 0, holds: [] });
    await shop.set(cart, sku, 5);
    expect((await shop.item(sku)).reserved).toBe(5);
    await shop.order(cart);
    expect(await shop.item(sku)).toEqual({ onHand: 4, reserved: 0, holds: [] });
    expect(await shop.item(later)).toEqual({ onHand: -2, reserved: 0, holds: [] });
  });

  it('are renewed by each write of the cart, for no longer than its allowance', async () => {
    const sku = await shop.ware(2);
    const cart = await shop.cartWith(sku, 1);
    const renew = () => shop.carts.setDetails(cart, undefined, {});
    await shop.expire(cart);
    await renew();
    const now = Date.now();
    expect(Math.abs((await shop.expiryOf(cart)) - now - 10 * MINUTE)).toBeLessThan(MINUTE);
    await shop.heldFor(cart, 35);
    await renew();
    expect(Math.abs((await shop.expiryOf(cart)) - now - 5 * MINUTE)).toBeLessThan(MINUTE);
    await shop.heldFor(cart, 41);
    await shop.add(cart, [sku, 1]);
    expect(await shop.item(sku)).toEqual({ onHand: 2, reserved: 0, holds: [] });
    expect(await shop.lineOf(cart, sku)).toMatchObject({ quantity: 2 });
  });

  it('are one hold once a guest has signed in', async () => {
    const [sku, only] = [await shop.ware(5), await shop.ware(1)];
    const owner = { customerId: newId(), storeId: shop.shop.store.id };
    const adopt = adoptedBy(owner);
    const first = await shop.cartWith(sku, 2);
    await adopt(first);
    const second = await shop.cart();
    await shop.add(second, [sku, 1], [only, 1]);
    await adopt(second);
    const own = { id: first.id, quantity: 3 };
    expect(await shop.item(sku)).toEqual({
      onHand: 5,
      reserved: 3,
      holds: [{ holder: own.id, quantity: 3 }],
    });
    expect((await shop.item(only)).holds).toEqual([{ holder: own.id, quantity: 1 }]);
    await shop.order({ ...first, customer: owner });
    expect(await shop.item(sku)).toEqual({ onHand: 2, reserved: 0, holds: [] });
  });

  it('are of no more pieces than the store keeps of one item, once a guest has signed in', async () => {
    const [sku, other] = [await shop.ware(9), await shop.ware(9)];
    const adopt = adoptedBy({ customerId: newId(), storeId: shop.shop.store.id });
    const own = await shop.cartWith(sku, 4);
    await adopt(own);
    const guest = await shop.cart();
    await shop.add(guest, [sku, 2], [other, 5]);
    expect(await shop.item(sku)).toMatchObject({ reserved: 6 });
    await adopt(guest);
    expect(await shop.item(sku)).toEqual({ onHand: 9, reserved: 0, holds: [] });
    expect(await shop.item(other)).toMatchObject({ holds: [{ holder: own.id, quantity: 5 }] });
  });

  it('are given back when the store keeps nothing any more, and when cart or ware go', async () => {
    const [sku, gone] = [await shop.ware(5), await shop.ware(5)];
    const cart = await shop.cart();
    await shop.add(cart, [sku, 2], [gone, 1]);
    const kept = () => run((tx) => holds().list(tx, cart.id));
    expect((await kept()).size).toBe(2);
    await shop.replace(gone);
    expect((await kept()).size).toBe(1);
    await shop.keep(null);
    await shop.carts.setDetails(cart, undefined, {});
    expect(await shop.item(sku)).toEqual({ onHand: 5, reserved: 0, holds: [] });
    await shop.keep({ minutes: 10, pieces: 5 });
    await shop.cartWith(sku, 3);
    const { app } = shop.shop;
    const pruner = new CartPruner(shop.shop.replica.unitOfWork, app.get(StockHolds));
    await pruner.pruneBatch(Date.now() + 31 * 24 * 60 * MINUTE);
    expect(await shop.item(sku)).toEqual({ onHand: 5, reserved: 0, holds: [] });
  });

  it('stay kept for an order that is accepted before its stock is taken', async () => {
    const { app } = shop.shop;
    const lookup = app.get(RuntimeSettingsLookup);
    const database = app.get(PrimaryReader);
    const clock = app.get(DatabaseClock);
    const editor = new RuntimeSettingEditor(shop.shop.replica.unitOfWork, database, lookup, clock);
    const sku = await shop.ware(2);
    const cart = await shop.cartWith(sku, 2);
    await editor.set('stockAtCheckout', false);
    try {
      const { id, awaits } = await shop.order(cart);
      expect(awaits).toBe('confirmation');
      expect(await shop.item(sku)).toMatchObject({ onHand: 2, holds: [{ holder: id }] });
      const rival = await shop.cart();
      expect(await shop.add(rival, [sku, 1])).toMatchObject([{ reason: 'not-enough' }]);
      const confirmed = await run((tx) => app.get(OrderConfirmation).confirm(tx, id));
      expect(confirmed.outcome).toBe('confirmed');
      expect(await shop.item(sku)).toEqual({ onHand: 0, reserved: 0, holds: [] });
    } finally {
      await editor.set('stockAtCheckout', true);
    }
  });
});
