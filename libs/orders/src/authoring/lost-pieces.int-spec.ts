import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import { OrderMoney } from '../../test/order-money.js';
import { FREE_FROM_MINOR, OrderShop } from '../../test/order-shop.js';

const PAD = { sku: 'PAD', priceMinor: 1_000, quantity: 2 };

describeOnEachDatabase('the money of an order that loses pieces', (open) => {
  let shop: OrderShop;
  let money: OrderMoney;

  beforeAll(async () => {
    shop = await OrderShop.start(open);
    money = new OrderMoney(shop);
  });

  afterAll(() => shop.replica.close());

  it('is asked for what is left, when pieces are cancelled before it was paid', async () => {
    const placed = await shop.place([PAD], 'manual');
    await money.cancelItems(placed.id, [{ line: 1, quantity: 1 }]);
    expect(await money.view(placed.id)).toMatchObject({
      payment: { state: 'pending', amountMinor: 2_490, waivedMinor: 1_000 },
      refunds: [{ state: 'waived', amountMinor: 1_000, parts: { items: [{ quantity: 1 }] } }],
    });
    expect(await money.staff(placed.id, 'confirm-payment')).toMatchObject({ paymentState: 'paid' });
    expect((await money.view(placed.id)).payment).toMatchObject({
      state: 'captured',
      capturedMinor: 1_490,
    });
    const give = (quantity: number) =>
      money.act(placed.id, {
        act: 'refund',
        wish: { kind: 'items', items: [{ line: 1, quantity }], shipping: true },
        reason: null,
      });
    await expect(give(2)).rejects.toMatchObject({ code: 'payments.refund-exceeds' });
    expect((await give(1)).payment.refundPendingMinor).toBe(1_490);
  });

  it('is captured for what is left, and more that is taken all the same is given back', async () => {
    const capture = (id: string, amountMinor: number | null) =>
      money.act(id, { act: 'capture', amountMinor, reason: null });
    const promised = await shop.place([PAD], 'manual');
    await money.report(promised.id, 'authorised', 2_490);
    await money.cancelItems(promised.id, [{ line: 1, quantity: 1 }]);
    await expect(capture(promised.id, 1_491)).rejects.toMatchObject({
      code: 'payments.step-refused',
    });
    expect((await capture(promised.id, null)).payment).toMatchObject({
      state: 'capturing',
      capturePendingMinor: 1_490,
    });
    await expect(money.cancelItems(promised.id, [{ line: 1, quantity: 1 }])).rejects.toMatchObject({
      code: 'payments.step-refused',
    });

    const early = await shop.place([PAD], 'manual');
    await money.cancelItems(early.id, [{ line: 1, quantity: 1 }]);
    expect(await money.report(early.id, 'captured', 2_490)).toBe(true);
    expect((await money.view(early.id)).payment).toMatchObject({
      capturedMinor: 2_490,
      refundPendingMinor: 1_000,
    });
    expect((await money.order(early.id)).transitions.map(({ action }) => action)).toEqual([
      'place',
      'cancel-items',
      'payment-captured',
      'refund',
    ]);
  });

  it('is let go when nothing is owed any more, and what costs nothing is shipped', async () => {
    const dear = { sku: 'DEAR', priceMinor: FREE_FROM_MINOR, quantity: 1 };
    const gift = { sku: 'GIFT', priceMinor: 0, quantity: 1 };
    const placed = await shop.place([dear, gift], 'manual');
    expect(placed.totalMinor).toBe(FREE_FROM_MINOR);
    const line = (await money.order(placed.id)).lines.findIndex(({ sku }) => sku === 'DEAR') + 1;
    await expect(money.staff(placed.id, 'ship')).rejects.toMatchObject({
      code: 'orders.action-refused',
    });
    await money.cancelItems(placed.id, [{ line, quantity: 1 }]);
    expect((await money.view(placed.id)).payment.state).toBe('voided');
    expect(await money.staff(placed.id, 'ship')).toMatchObject({ state: 'shipped' });
  });

  it('is given back for lost pieces as far as it was not by hand, and ships the rest', async () => {
    const placed = await money.paid([PAD], 'manual');
    const byHand = { kind: 'items', items: [{ line: 1, quantity: 2 }], shipping: false } as const;
    await money.act(placed.id, { act: 'refund', wish: byHand, reason: null });
    expect(await money.cancelItems(placed.id, [{ line: 1, quantity: 1 }])).toMatchObject({
      paymentState: 'refund-due',
    });
    expect((await money.view(placed.id)).payment.refundPendingMinor).toBe(2_000);
    expect(await money.staff(placed.id, 'ship')).toMatchObject({ state: 'shipped' });

    const once = await money.paid([PAD], 'manual');
    const piece = { kind: 'items', items: [{ line: 1, quantity: 1 }], shipping: false } as const;
    await money.act(once.id, { act: 'refund', wish: piece, reason: 'it will not come' });
    await money.cancelItems(once.id, [{ line: 1, quantity: 1 }]);
    expect((await money.view(once.id)).payment.refundPendingMinor).toBe(1_000);
    expect(await money.staff(once.id, 'cancel')).toMatchObject({ state: 'cancelled' });
    expect((await money.view(once.id)).payment.refundPendingMinor).toBe(2_490);

    const goodwill = await money.paid([PAD], 'manual');
    await money.refund(goodwill.id, 2_000);
    await money.cancelItems(goodwill.id, [{ line: 1, quantity: 1 }]);
    expect((await money.view(goodwill.id)).payment.refundPendingMinor).toBe(2_490);
    await expect(money.staff(goodwill.id, 'ship')).rejects.toMatchObject({
      code: 'orders.action-refused',
    });
  });
});
