import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CreditLedger } from '#libs/customers';
import { newId } from '#libs/kernel';
import { openMinor, standingMinor } from '#libs/payments';
import { describeOnEachDatabase } from '#libs/testing';
import { addCustomer } from '../../../../customers/test/add-customer.js';
import { someAddress } from '../../../../stores/test/some-address.js';
import { PadEdits, totalOf } from '../../../test/edit-money.js';
import { OrderMoney } from '../../../test/order-money.js';
import { OrderShop } from '../../../test/order-shop.js';
import { StaffOrderEditor } from '../placing/staff-order.editor.js';

describeOnEachDatabase('an order that becomes more than was paid', (open) => {
  let shop: OrderShop;
  let money: OrderMoney;
  let edits: PadEdits;

  beforeAll(async () => {
    shop = await OrderShop.start(open);
    money = new OrderMoney(shop);
    edits = new PadEdits(shop, money);
  });

  afterAll(() => shop?.replica.close());

  const pads = (quantity: number) => [{ sku: 'PAD', priceMinor: 1_000, quantity }];
  const states = async (id: string) =>
    (await money.view(id)).payments.map(({ state, amountMinor }) => [state, amountMinor]);

  it('keeps what was paid, owes the difference, and goes once that is paid', async () => {
    const { id } = await money.paid(pads(2), 'manual');
    expect(await edits.to(id, 3)).toMatchObject({ differenceMinor: 1_000 });
    expect(await money.order(id)).toMatchObject({
      totalMinor: totalOf(3),
      paymentState: 'balance-due',
    });
    const { payments } = await money.view(id);
    expect(payments).toMatchObject([
      { state: 'captured', amountMinor: totalOf(2), balance: null },
      { state: 'pending', amountMinor: 1_000, orderId: id, method: 'manual' },
    ]);
    expect(payments[1]?.balance?.lines).toMatchObject([{ quantity: 1, totalMinor: 1_000 }]);
    expect(openMinor(payments)).toBe(1_000);
    await expect(money.staff(id, 'ship')).rejects.toMatchObject({ code: 'orders.action-refused' });
    expect(await money.staff(id, 'confirm-payment')).toMatchObject({ paymentState: 'paid' });
    await expect(money.staff(id, 'confirm-payment')).rejects.toMatchObject({
      code: 'orders.action-refused',
    });
    expect(await edits.sums(id)).toMatchObject({ captured: totalOf(3), pending: 0 });
    expect(await money.staff(id, 'ship')).toMatchObject({ state: 'shipped' });
    await money.act(id, { act: 'refund', wish: { kind: 'rest' }, reason: null });
    const { refunds, pending } = await edits.sums(id);
    expect([pending, refunds.length]).toEqual([totalOf(3), 2]);
    await expect(money.refund(id, 1)).rejects.toMatchObject({ code: 'payments.nothing-to-refund' });
    expect(await money.staff(id, 'confirm-refund')).toMatchObject({ paymentState: 'refunded' });
    expect(await edits.sums(id)).toMatchObject({ pending: 0, refunded: totalOf(3) });
  });

  it('owes less again before anything is given back, and nothing is left of what was undone', async () => {
    const { id } = await money.paid(pads(2), 'manual');
    await edits.to(id, 4);
    await edits.to(id, 3);
    expect(await states(id)).toEqual([
      ['captured', totalOf(2)],
      ['pending', 2_000],
    ]);
    expect(openMinor((await money.view(id)).payments)).toBe(1_000);
    await edits.to(id, 2);
    expect(await money.order(id)).toMatchObject({ paymentState: 'paid', totalMinor: totalOf(2) });
    expect((await states(id)).at(-1)).toEqual(['voided', 2_000]);
    await edits.to(id, 3);
    await edits.to(id, 1);
    expect(await edits.sums(id)).toMatchObject({ captured: totalOf(2), pending: 1_000 });
    expect(await money.order(id)).toMatchObject({ paymentState: 'refund-due' });
    const { refunds, payments } = await money.view(id);
    expect(standingMinor(payments)).toBe(totalOf(1));
    const taken = refunds.flatMap(({ parts }) => parts.reduced ?? []);
    expect(taken.reduce((sum, { totalMinor }) => sum + totalMinor, 0)).toBe(2_000 + 2_000);
  });

  it('is let go of and given back when it is cancelled, whole or in part', async () => {
    const { id } = await money.paid(pads(2), 'manual');
    await edits.to(id, 3);
    await money.cancelItems(id, [{ line: 1, quantity: 2 }]);
    expect(await states(id)).toEqual([
      ['captured', totalOf(2)],
      ['voided', 1_000],
    ]);
    expect(await edits.sums(id)).toMatchObject({ pending: 1_000 });
    expect(await money.order(id)).toMatchObject({ paymentState: 'refund-due' });
    const { id: whole } = await money.paid(pads(2), 'manual');
    await edits.to(whole, 3);
    await edits.to(whole, 4);
    await money.staff(whole, 'confirm-payment');
    await edits.to(whole, 5);
    expect(await money.staff(whole, 'cancel')).toMatchObject({
      state: 'cancelled',
      paymentState: 'refund-due',
    });
    expect(await edits.sums(whole)).toMatchObject({ captured: totalOf(4), pending: totalOf(4) });
    expect((await states(whole)).at(-1)).toEqual(['voided', 1_000]);
    expect(await money.staff(whole, 'confirm-refund')).toMatchObject({ paymentState: 'refunded' });
  });

  it('is charged to the credit at once, and no more than there is', async () => {
    await shop.basket(pads(1), 'invoice');
    const { id: customerId } = await addCustomer(shop.replica.unitOfWork, shop.store);
    const address = { customerId, currency: 'EUR' };
    const ledger = shop.app.get(CreditLedger);
    await shop.replica.unitOfWork.run((tx) => ledger.setLimit(tx, address, totalOf(2)));
    const account = () =>
      shop.replica.unitOfWork.run(
        async (tx) => (await ledger.list(tx, customerId))[0]?.balanceMinor,
      );
    const place = async () => {
      const order = {
        items: [{ sku: 'PAD', quantity: 2 }],
        customerId,
        email: 'phone@example.com',
        coupons: [],
        shippingMethod: 'post',
        shippingAddress: someAddress,
        billingAddress: null,
        paymentMethod: 'invoice' as const,
        agreedPrices: [],
      };
      const expectedTotal = { amount: totalOf(2), currency: 'EUR' };
      const editor = shop.app.get(StaffOrderEditor);
      const { id } = await editor.place(shop.store.code, order, { key: newId(), expectedTotal });
      await money.staff(id, 'confirm-payment');
      return id;
    };
    const id = await place();
    expect(await account()).toBe(0);
    await edits.to(id, 3);
    expect(await account()).toBe(-1_000);
    await edits.to(id, 4);
    expect(await account()).toBe(-2_000);
    await expect(edits.to(id, 5)).rejects.toMatchObject({ code: 'customers.credit-exceeded' });
    expect(await states(id)).toHaveLength(3);
    await edits.to(id, 3);
    expect(await account()).toBe(-1_000);
    // On account it goes before it is paid, as it does without a balance.
    expect(await money.staff(id, 'ship')).toMatchObject({ paymentState: 'balance-due' });
    await money.staff(id, 'confirm-payment');
    expect(await account()).toBe(0);
    const other = await place();
    await edits.to(other, 3);
    await money.staff(other, 'cancel');
    expect(await account()).toBe(0);
  });

  it('adds up, with edits, payments, refunds and cancellations at once', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { id } = await money.paid(pads(2), 'manual');
      await edits.to(id, 3);
      const { version } = await money.order(id);
      const attempts = [
        () => edits.to(id, 5, version),
        () => money.staff(id, 'confirm-payment'),
        () => (round % 3 === 0 ? money.staff(id, 'cancel') : edits.to(id, 1)),
        () => edits.to(id, 4),
        () => money.report(id, 'captured', 1_000, 1),
        () => money.staff(id, 'confirm-payment'),
        () => edits.to(id, 2),
      ];
      const ordered = round % 2 === 0 ? attempts : attempts.toReversed();
      const ends = await Promise.allSettled(ordered.map((attempt) => attempt()));
      for (const end of ends) {
        if (end.status === 'rejected') expect((end.reason as { code?: string }).code).toBeDefined();
      }
      const { payments, refunds, captured, pending, refunded } = await edits.sums(id);
      const order = await money.order(id);
      const isCancelled = order.state === 'cancelled';
      if (isCancelled) expect(captured).toBe(pending + refunded);
      else expect(standingMinor(payments)).toBe(order.totalMinor);
      for (const { id: paymentId, ...payment } of payments) {
        const sumOf = (...wanted: string[]) =>
          refunds
            .filter((refund) => refund.paymentId === paymentId && wanted.includes(refund.state))
            .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(payment.waivedMinor).toBe(sumOf('waived'));
        expect(payment.refundPendingMinor + payment.refundedMinor).toBe(
          sumOf('pending', 'succeeded'),
        );
        expect(payment.capturedMinor).toBeLessThanOrEqual(payment.amountMinor);
      }
      if (isCancelled) continue;
      if (openMinor(payments) > 0) await money.staff(id, 'confirm-payment');
      if (pending > 0) await money.staff(id, 'confirm-refund');
      const settled = await edits.sums(id);
      expect(settled.captured - settled.refunded).toBe(order.totalMinor);
    }
  });
});
