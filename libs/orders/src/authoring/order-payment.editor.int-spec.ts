import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { CartEditor } from '#libs/carts';
import { PrimaryReader } from '#libs/database';
import { newId, UserError } from '#libs/kernel';
import {
  CreditAccounts,
  PaymentLedger,
  type CreditAccount,
  type CreditRelease,
  type Payment,
} from '#libs/payments';
import { describeOnEachDatabase } from '#libs/testing';
import { PaymentReports } from '../../../payments/src/model/payment-reports.js';
import { PaymentRepository } from '../../../payments/src/model/payment.repository.js';
import { FREE_FROM_MINOR, OrderShop } from '../../test/order-shop.js';
import type { LineQuantity } from '../model/fulfilment/line-progress.js';
import type { OrderAction } from '../model/order-state.js';
import { OrderDirectory } from './order.directory.js';
import { OrderEditor } from './order.editor.js';
import { OrderPaymentDirectory } from './order-payment.directory.js';
import { OrderPaymentEditor, type PaymentCommand } from './order-payment.editor.js';

const PAD = { sku: 'PAD', priceMinor: 1_000, quantity: 2 };

/** 179.25 with the post and {@link ONE}. */
const UNEVEN = [
  { sku: 'ODD', priceMinor: 1_428, quantity: 7 },
  { sku: 'EVEN', priceMinor: 2_479, quantity: 3 },
];
const ONE = { sku: 'ONE', priceMinor: 2, quantity: 1 };

class SmallCredit implements CreditAccount {
  limitMinor = Number.MAX_SAFE_INTEGER;
  readonly charged: string[] = [];
  readonly released: (CreditRelease & { readonly orderId: string })[] = [];

  async charge(_tx: unknown, { orderId, amountMinor }: Payment): Promise<void> {
    if (amountMinor > this.limitMinor) {
      throw new UserError({ code: 'test.no-credit', family: 'user', status: 409, title: 'No' });
    }
    this.charged.push(orderId);
  }

  async release(_tx: unknown, { orderId }: Payment, release: CreditRelease): Promise<void> {
    this.released.push({ orderId, ...release });
  }
}

describeOnEachDatabase('the money of an order', (open) => {
  let shop: OrderShop;
  const credit = new SmallCredit();

  beforeAll(async () => {
    shop = await OrderShop.start(open);
    shop.app.get(CreditAccounts).bind(credit);
  }, 60_000);

  beforeEach(() => {
    credit.limitMinor = Number.MAX_SAFE_INTEGER;
  });

  afterAll(() => shop.replica.close());

  const at = (id: string) => ({ storeCode: shop.store.code, id });
  const view = (id: string) => shop.app.get(OrderPaymentDirectory).get(at(id));
  const orderOf = (id: string) => shop.app.get(OrderDirectory).get(shop.store.code, id);
  const act = (id: string, command: PaymentCommand, key: string = newId()) =>
    shop.app.get(OrderPaymentEditor).act(at(id), key, command);
  const refund = (id: string, amountMinor: number, key?: string) =>
    act(id, { act: 'refund', wish: { kind: 'amount', amountMinor }, reason: null }, key);
  const staff = async (id: string, action: OrderAction) =>
    shop.app.get(OrderEditor).act(at(id), (await orderOf(id)).version, { action, reason: null });
  const cancelItems = async (id: string, items: readonly LineQuantity[]) =>
    shop.app
      .get(OrderEditor)
      .cancel(at(id), (await orderOf(id)).version, { items, reason: null }, { refund: true });
  const report = (orderId: string, kind: 'authorised' | 'captured', amountMinor: number) =>
    shop.replica.unitOfWork.run((tx) =>
      shop.app.get(PaymentReports).takePayment(tx, {
        orderId,
        sight: { reference: `pi_${orderId}`, report: { kind, amountMinor }, failureCode: null },
      }),
    );
  const paid = async (...wanted: Parameters<OrderShop['place']>) => {
    const placed = await shop.place(...wanted);
    const action = { action: 'confirm-payment', reason: null } as const;
    await shop.app.get(OrderEditor).act(at(placed.id), 1, action);
    return placed;
  };

  it('is there with the order, and confirmed once', async () => {
    const placed = await shop.place([PAD], 'manual');
    expect(placed.payment).toEqual({ method: 'manual', state: 'pending' });
    const confirm = (version: number) =>
      shop.app
        .get(OrderEditor)
        .act(at(placed.id), version, { action: 'confirm-payment', reason: null });
    expect(await confirm(1)).toMatchObject({ paymentState: 'paid', version: 2 });
    expect((await view(placed.id)).payment).toMatchObject({
      state: 'captured',
      amountMinor: 2_490,
      authorisedMinor: 2_490,
      capturedMinor: 2_490,
    });
    await expect(confirm(2)).rejects.toMatchObject({ code: 'orders.action-refused' });
  });

  it('refunds of 179.26 for 179.25: what was taken is given back to the unit, and no more', async () => {
    const wanted = [...UNEVEN, ONE];
    const placed = await paid(wanted, 'manual');
    expect(placed.totalMinor).toBe(17_925);
    const give = (line: number, quantity: number, shipping = false) =>
      act(placed.id, {
        act: 'refund',
        wish: { kind: 'items', items: line === 0 ? [] : [{ line, quantity }], shipping },
        reason: 'returned',
      });
    const lineOf = async (sku: string) =>
      (await orderOf(placed.id)).lines.findIndex((line) => line.sku === sku) + 1;
    const [odd, even, one] = [await lineOf('ODD'), await lineOf('EVEN'), await lineOf('ONE')];
    for (const [line, quantity] of [
      [odd, 2],
      [even, 1],
      [odd, 1],
      [one, 1],
      [odd, 3],
      [even, 1],
    ] as const) {
      await give(line, quantity);
    }
    await give(0, 0, true);
    await expect(give(odd, 2)).rejects.toMatchObject({ code: 'payments.refund-exceeds' });
    await give(odd, 1);
    const { payment } = await give(even, 1);
    expect(payment).toMatchObject({ refundPendingMinor: 17_925, refundedMinor: 0 });
    await expect(refund(placed.id, 1)).rejects.toMatchObject({
      code: 'payments.nothing-to-refund',
    });
    const { version } = await orderOf(placed.id);
    const done = await shop.app
      .get(OrderEditor)
      .act(at(placed.id), version, { action: 'confirm-refund', reason: null });
    expect(done.paymentState).toBe('refunded');
    const { payment: after, refunds } = await view(placed.id);
    expect(after).toMatchObject({ refundPendingMinor: 0, refundedMinor: 17_925 });
    expect(refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(17_925);
    expect(new Set(refunds.map(({ state }) => state))).toEqual(new Set(['succeeded']));
  });

  it('is given back once for a key, and never beyond what was taken, however many ask', async () => {
    const placed = await paid([PAD], 'manual');
    const key = newId();
    const [first, again] = [await refund(placed.id, 100, key), await refund(placed.id, 100, key)];
    expect(again).toEqual(first);
    await expect(refund(placed.id, 200, key)).rejects.toMatchObject({
      code: 'idempotency.key-reused',
    });
    const many = await Promise.allSettled(
      Array.from({ length: 8 }, () => refund(placed.id, 1_000)),
    );
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const { payment, refunds } = await view(placed.id);
    expect(payment.refundPendingMinor).toBe(2_100);
    expect(refunds).toHaveLength(3);
    expect(await orderOf(placed.id)).toMatchObject({ paymentState: 'refund-due' });
  });

  it('is bounded by the statement that writes, whatever its caller believes', async () => {
    const placed = await paid([PAD], 'manual');
    const { payment } = await view(placed.id);
    const change = (after: Partial<Payment>) =>
      shop.replica.unitOfWork.run((tx) =>
        shop.app.get(PaymentRepository).tryChange(tx, payment, { ...payment, ...after }, 1),
      );
    expect(await change({ waivedMinor: 2_491 })).toBe(false);
    expect(await change({ refundPendingMinor: 2_491 })).toBe(false);
    expect(await change({ refundedMinor: 2_491 })).toBe(false);
    expect(await change({ capturedMinor: 2_491 })).toBe(false);
    expect(await change({ authorisedMinor: 2_491 })).toBe(false);
    expect(await change({ refundPendingMinor: 100 })).toBe(true);
    // It fits the sums once more, but the row is no longer what was read.
    expect(await change({ refundPendingMinor: 100 })).toBe(false);
  });

  it('needs the credit of the customer when it is owed, and frees it when it is paid', async () => {
    credit.limitMinor = 2_489;
    const { held, totalMinor } = await shop.basket([PAD], 'invoice');
    await expect(shop.order(held, totalMinor)).rejects.toMatchObject({ code: 'test.no-credit' });
    expect((await shop.app.get(CartEditor).get(held)).cart.state).toBe('open');
    credit.limitMinor = 2_490;
    const placed = await shop.order(held, totalMinor);
    expect(credit.charged).toEqual(expect.arrayContaining([placed.id]));
    const released = () => credit.released.filter(({ orderId }) => orderId === placed.id);
    expect(released()).toEqual([]);
    await cancelItems(placed.id, [{ line: 1, quantity: 1 }]);
    expect(released()).toEqual([
      { orderId: placed.id, amountMinor: 1_000, part: expect.any(String) },
    ]);
    await staff(placed.id, 'confirm-payment');
    expect(released().slice(1)).toEqual([{ orderId: placed.id, amountMinor: 1_490, part: null }]);
  });

  it('is let go with a cancelled order, and given back when it arrives all the same', async () => {
    const placed = await shop.place([PAD], 'manual');
    const cancelled = await shop.app
      .get(OrderEditor)
      .act(at(placed.id), 1, { action: 'cancel', reason: 'no' });
    expect(cancelled).toMatchObject({ state: 'cancelled', paymentState: 'cancelled' });
    expect((await view(placed.id)).payment.state).toBe('voided');

    const late = await shop.place([PAD], 'manual');
    await shop.replica.unitOfWork.run(async (tx) => {
      const ledger = shop.app.get(PaymentLedger);
      const held = await ledger.hold(tx, late.id);
      await ledger.take(tx, held, { kind: 'request-void' });
      await tx.manager.query(`UPDATE sales_order SET state = 'cancelled' WHERE id = '${late.id}'`);
    });
    expect(await report(late.id, 'captured', 2_490)).toBe(true);
    expect(await report(late.id, 'captured', 2_490)).toBe(false);
    expect((await view(late.id)).payment).toMatchObject({
      capturedMinor: 2_490,
      refundPendingMinor: 2_490,
    });
    expect(await orderOf(late.id)).toMatchObject({
      state: 'cancelled',
      paymentState: 'refund-due',
      transitions: [{ action: 'place' }, { action: 'payment-captured' }, { action: 'refund' }],
    });
  });

  it('is asked for what is left, when pieces are cancelled before it was paid', async () => {
    const placed = await shop.place([PAD], 'manual');
    await cancelItems(placed.id, [{ line: 1, quantity: 1 }]);
    expect(await view(placed.id)).toMatchObject({
      payment: { state: 'pending', amountMinor: 2_490, waivedMinor: 1_000 },
      refunds: [{ state: 'waived', amountMinor: 1_000, parts: { items: [{ quantity: 1 }] } }],
    });
    expect(await staff(placed.id, 'confirm-payment')).toMatchObject({ paymentState: 'paid' });
    expect((await view(placed.id)).payment).toMatchObject({
      state: 'captured',
      capturedMinor: 1_490,
    });
    const give = (quantity: number) =>
      act(placed.id, {
        act: 'refund',
        wish: { kind: 'items', items: [{ line: 1, quantity }], shipping: true },
        reason: null,
      });
    await expect(give(2)).rejects.toMatchObject({ code: 'payments.refund-exceeds' });
    expect((await give(1)).payment.refundPendingMinor).toBe(1_490);
  });

  it('is captured for what is left, and more that is taken all the same is given back', async () => {
    const capture = (id: string, amountMinor: number | null) =>
      act(id, { act: 'capture', amountMinor, reason: null });
    const promised = await shop.place([PAD], 'manual');
    await report(promised.id, 'authorised', 2_490);
    await cancelItems(promised.id, [{ line: 1, quantity: 1 }]);
    await expect(capture(promised.id, 1_491)).rejects.toMatchObject({
      code: 'payments.step-refused',
    });
    expect((await capture(promised.id, null)).payment).toMatchObject({
      state: 'capturing',
      capturePendingMinor: 1_490,
    });
    await expect(cancelItems(promised.id, [{ line: 1, quantity: 1 }])).rejects.toMatchObject({
      code: 'payments.step-refused',
    });

    const early = await shop.place([PAD], 'manual');
    await cancelItems(early.id, [{ line: 1, quantity: 1 }]);
    expect(await report(early.id, 'captured', 2_490)).toBe(true);
    expect((await view(early.id)).payment).toMatchObject({
      capturedMinor: 2_490,
      refundPendingMinor: 1_000,
    });
    expect((await orderOf(early.id)).transitions.map(({ action }) => action)).toEqual([
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
    const line = (await orderOf(placed.id)).lines.findIndex(({ sku }) => sku === 'DEAR') + 1;
    await expect(staff(placed.id, 'ship')).rejects.toMatchObject({ code: 'orders.action-refused' });
    await cancelItems(placed.id, [{ line, quantity: 1 }]);
    expect((await view(placed.id)).payment.state).toBe('voided');
    expect(await staff(placed.id, 'ship')).toMatchObject({ state: 'shipped' });
  });

  it('is given back for lost pieces as far as it was not by hand, and ships the rest', async () => {
    const placed = await paid([PAD], 'manual');
    const byHand = { kind: 'items', items: [{ line: 1, quantity: 2 }], shipping: false } as const;
    await act(placed.id, { act: 'refund', wish: byHand, reason: null });
    expect(await cancelItems(placed.id, [{ line: 1, quantity: 1 }])).toMatchObject({
      paymentState: 'refund-due',
    });
    expect((await view(placed.id)).payment.refundPendingMinor).toBe(2_000);
    expect(await staff(placed.id, 'ship')).toMatchObject({ state: 'shipped' });

    const once = await paid([PAD], 'manual');
    const piece = { kind: 'items', items: [{ line: 1, quantity: 1 }], shipping: false } as const;
    await act(once.id, { act: 'refund', wish: piece, reason: 'it will not come' });
    await cancelItems(once.id, [{ line: 1, quantity: 1 }]);
    expect((await view(once.id)).payment.refundPendingMinor).toBe(1_000);
    expect(await staff(once.id, 'cancel')).toMatchObject({ state: 'cancelled' });
    expect((await view(once.id)).payment.refundPendingMinor).toBe(2_490);

    const goodwill = await paid([PAD], 'manual');
    await refund(goodwill.id, 2_000);
    await cancelItems(goodwill.id, [{ line: 1, quantity: 1 }]);
    expect((await view(goodwill.id)).payment.refundPendingMinor).toBe(2_490);
    await expect(staff(goodwill.id, 'ship')).rejects.toMatchObject({
      code: 'orders.action-refused',
    });
  });

  it('belongs to one store: from another one there is no such order', async () => {
    const placed = await paid([PAD], 'manual');
    const other = await shop.replica.addStore();
    const command = { act: 'refund', wish: { kind: 'rest' }, reason: null } as const;
    await expect(
      shop.app
        .get(OrderPaymentEditor)
        .act({ storeCode: other.code, id: placed.id }, newId(), command),
    ).rejects.toMatchObject({ code: 'orders.order-not-found' });
    const payment = await shop.app
      .get(PaymentRepository)
      .findOfOrder(shop.app.get(PrimaryReader), placed.id);
    expect(payment).toMatchObject({ refundPendingMinor: 0 });
  });
});
