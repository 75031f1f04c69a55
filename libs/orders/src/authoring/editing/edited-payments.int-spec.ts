import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CreditLedger } from '#libs/customers';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { addCustomer } from '../../../../customers/test/add-customer.js';
import { OrderMoney } from '../../../test/order-money.js';
import { OrderShop } from '../../../test/order-shop.js';
import { someAddress } from '../../../../stores/test/some-address.js';
import { StaffOrderEditor } from '../placing/staff-order.editor.js';
import { OrderEditEditor } from './order-edit.editor.js';

const SHIPPING = 490;

describeOnEachDatabase('the money of an order that is edited', (open) => {
  let shop: OrderShop;
  let money: OrderMoney;

  beforeAll(async () => {
    shop = await OrderShop.start(open);
    money = new OrderMoney(shop);
  });

  afterAll(() => shop?.replica.close());

  const pads = (quantity: number, priceMinor = 1_000) => [{ sku: 'PAD', priceMinor, quantity }];

  /** The order becomes so many pads, for what the same way of shipping adds. */
  const edit = async (id: string, quantity: number, given?: number, unitPriceMinor = 1_000) => {
    const { version } = await money.order(id);
    const amount = quantity * unitPriceMinor + SHIPPING;
    const agreedPrices =
      unitPriceMinor === 1_000 ? [] : [{ sku: 'PAD', unitPriceMinor, reason: 'a scratch' }];
    const wanted = { items: [{ sku: 'PAD', quantity }], agreedPrices, reason: 'she called' };
    return shop.app.get(OrderEditEditor).edit(money.at(id), wanted, {
      key: newId(),
      version: given ?? version,
      expectedTotal: { amount, currency: 'EUR' },
    });
  };

  /** An order on account of somebody with so much credit. */
  const onAccount = async (quantity: number, limitMinor: number) => {
    const { id: customerId } = await addCustomer(shop.replica.unitOfWork, shop.store);
    const address = { customerId, currency: 'EUR' };
    const ledger = shop.app.get(CreditLedger);
    await shop.replica.unitOfWork.run((tx) => ledger.setLimit(tx, address, limitMinor));
    const expectedTotal = { amount: quantity * 1_000 + SHIPPING, currency: 'EUR' };
    const { id } = await shop.app.get(StaffOrderEditor).place(
      shop.store.code,
      {
        items: [{ sku: 'PAD', quantity }],
        customerId,
        email: 'phone@example.com',
        coupons: [],
        shippingMethod: 'post',
        shippingAddress: someAddress,
        billingAddress: null,
        paymentMethod: 'invoice',
        agreedPrices: [],
      },
      { key: newId(), expectedTotal },
    );
    const account = async () => {
      const database = shop.replica.unitOfWork;
      const [found] = await database.run((tx) => ledger.list(tx, customerId));
      const entries = await database.run((tx) => ledger.listEntries(tx, address, 1e9, 50));
      const sum = entries.reduce((all, { amountMinor }) => all + amountMinor, 0);
      expect(sum).toBe(found?.balanceMinor);
      return found?.balanceMinor;
    };
    return { id, account };
  };

  it('is claimed of the credit, and given back to it, by the difference; more than there is changes nothing', async () => {
    await shop.basket(pads(1), 'invoice');
    const { id, account } = await onAccount(2, 4_490);
    expect(await account()).toBe(-2_490);
    await edit(id, 4);
    expect(await account()).toBe(-4_490);
    await expect(edit(id, 5)).rejects.toMatchObject({ code: 'customers.credit-exceeded' });
    expect(await money.order(id)).toMatchObject({ totalMinor: 4_490, lines: [{ quantity: 4 }] });
    await edit(id, 1);
    expect(await account()).toBe(-1_490);
    await edit(id, 3);
    expect(await account()).toBe(-3_490);
    await money.cancelItems(id, [{ line: 1, quantity: 1 }]);
    expect(await account()).toBe(-2_490);
    await money.staff(id, 'confirm-payment');
    expect(await account()).toBe(0);
    const whole = await onAccount(2, 9_000);
    await edit(whole.id, 3);
    await money.staff(whole.id, 'cancel');
    expect(await whole.account()).toBe(0);
  });

  it('is owed back when it was paid and comes to less, and is never given back twice', async () => {
    const { id } = await money.paid(pads(3), 'manual');
    expect(await edit(id, 2)).toMatchObject({ differenceMinor: -1_000 });
    expect(await money.order(id)).toMatchObject({ paymentState: 'refund-due', totalMinor: 2_490 });
    const { refunds } = await money.view(id);
    expect(refunds).toMatchObject([{ state: 'pending', amountMinor: 1_000 }]);
    expect(refunds[0]?.parts.reduced?.reduce((sum, each) => sum + each.totalMinor, 0)).toBe(1_000);
    await edit(id, 1);
    await money.staff(id, 'confirm-refund');
    expect(await money.order(id)).toMatchObject({ paymentState: 'part-refunded' });
    expect((await money.view(id)).payment).toMatchObject({
      capturedMinor: 3_490,
      refundedMinor: 2_000,
      refundPendingMinor: 0,
    });
    const all = { kind: 'items', items: [{ line: 1, quantity: 1 }], shipping: true } as const;
    await money.act(id, { act: 'refund', wish: all, reason: null });
    expect((await money.view(id)).payment).toMatchObject({ refundPendingMinor: 1_490 });
    await expect(money.refund(id, 1)).rejects.toMatchObject({ code: 'payments.nothing-to-refund' });
    const other = await money.paid(pads(3), 'manual');
    await edit(other.id, 2);
    await money.staff(other.id, 'cancel');
    expect((await money.view(other.id)).payment).toMatchObject({ refundPendingMinor: 3_490 });
  });

  it('is no longer owed where it was promised, and what is taken beyond is given back', async () => {
    const promised = await shop.place(pads(3), 'manual');
    await money.report(promised.id, 'authorised', 3_490);
    await edit(promised.id, 2);
    expect(await money.order(promised.id)).toMatchObject({ paymentState: 'authorised' });
    const { payment, refunds } = await money.view(promised.id);
    expect(payment).toMatchObject({ amountMinor: 3_490, waivedMinor: 1_000 });
    expect(refunds).toMatchObject([{ state: 'waived', amountMinor: 1_000 }]);
    await money.report(promised.id, 'captured', 3_490);
    expect((await money.view(promised.id)).payment).toMatchObject({
      capturedMinor: 3_490,
      refundPendingMinor: 1_000,
    });
    // What stays is what it comes to, so it may become less once more.
    await edit(promised.id, 1);
    expect((await money.view(promised.id)).payment).toMatchObject({ refundPendingMinor: 2_000 });
  });

  it('does not follow where of what was paid something becomes more and all of it less, or is another sum already', async () => {
    const { id } = await money.paid(pads(2), 'manual');
    const refusedBy = (because: string) => ({ details: { because } });
    // More pieces for less money.
    await expect(edit(id, 3, undefined, 500)).rejects.toMatchObject(refusedBy('paid-otherwise'));
    await money.refund(id, 100);
    await expect(edit(id, 1)).rejects.toMatchObject(refusedBy('money-moved'));
    expect(await money.order(id)).toMatchObject({ totalMinor: 2_490, lines: [{ quantity: 2 }] });
    const cheap = await money.paid(pads(2), 'manual');
    await edit(cheap.id, 2, undefined, 900);
    expect((await money.view(cheap.id)).payment).toMatchObject({ refundPendingMinor: 200 });
  });

  it('adds up, with edits, captures and refunds at once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id } = await shop.place(pads(5), 'manual');
      const { version } = await money.order(id);
      const attempts = [
        edit(id, 4, version),
        edit(id, 3, version),
        money.report(id, 'authorised', 5_490),
        money.act(id, { act: 'capture', amountMinor: null, reason: null }),
        money.report(id, 'captured', 5_490),
        money.refund(id, 700),
        money.refund(id, 300),
        edit(id, 2),
      ];
      const ends = await Promise.allSettled(round % 2 === 0 ? attempts : attempts.toReversed());
      for (const end of ends) {
        if (end.status === 'rejected') expect((end.reason as { code?: string }).code).toBeDefined();
      }
      const [{ payment, refunds }, order] = [await money.view(id), await money.order(id)];
      const sumOf = (...states: string[]) =>
        refunds
          .filter(({ state }) => states.includes(state))
          .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      expect(payment.waivedMinor).toBe(sumOf('waived'));
      expect(payment.refundPendingMinor + payment.refundedMinor).toBe(
        sumOf('pending', 'succeeded'),
      );
      expect(payment.refundPendingMinor + payment.refundedMinor).toBeLessThanOrEqual(
        payment.capturedMinor,
      );
      const byHand = refunds
        .filter(({ state, amountMinor }) => state === 'pending' && [300, 700].includes(amountMinor))
        .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
      const standing =
        payment.state === 'captured'
          ? payment.capturedMinor - payment.refundPendingMinor + byHand
          : payment.amountMinor - payment.waivedMinor;
      if (payment.state !== 'capturing') expect(standing).toBe(order.totalMinor);
    }
  });
});
