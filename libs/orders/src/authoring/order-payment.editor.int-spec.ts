import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { CartEditor } from '#libs/carts';
import { PrimaryReader, sql, type SqlStatement } from '#libs/database';
import { newId, UserError } from '#libs/kernel';
import {
  CreditAccounts,
  PaymentLedger,
  type CreditAccount,
  type CreditMore,
  type CreditRelease,
  type Payment,
} from '#libs/payments';
import { describeOnEachDatabase } from '#libs/testing';
import { StripeAccount } from '../../../payments/src/model/card/stripe-account.js';
import { PaymentReports } from '../../../payments/src/model/payment-reports.js';
import { PaymentSights } from '../../../payments/src/model/payment-sights.js';
import { PaymentRepository } from '../../../payments/src/model/payment.repository.js';
import { OrderMoney } from '../../test/order-money.js';
import { OrderShop } from '../../test/order-shop.js';
import { OrderEditor } from './order.editor.js';
import { OrderPaymentEditor } from './order-payment.editor.js';

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

  async chargeMore(tx: unknown, payment: Payment, { amountMinor }: CreditMore): Promise<void> {
    await this.charge(tx, { ...payment, amountMinor });
  }

  async release(_tx: unknown, { orderId }: Payment, release: CreditRelease): Promise<void> {
    this.released.push({ orderId, ...release });
  }
}

describeOnEachDatabase('the money of an order', (open) => {
  let shop: OrderShop;
  let money: OrderMoney;
  const credit = new SmallCredit();

  beforeAll(async () => {
    shop = await OrderShop.start(open);
    money = new OrderMoney(shop);
    shop.app.get(CreditAccounts).bind(credit);
  });

  beforeEach(() => {
    credit.limitMinor = Number.MAX_SAFE_INTEGER;
  });

  afterAll(() => shop.replica.close());

  it('is there with the order, and confirmed once', async () => {
    const placed = await shop.place([PAD], 'manual');
    expect(placed.payment).toEqual({ method: 'manual', state: 'pending' });
    const confirm = (version: number) =>
      shop.app
        .get(OrderEditor)
        .act(money.at(placed.id), version, { action: 'confirm-payment', reason: null });
    expect(await confirm(1)).toMatchObject({ paymentState: 'paid', version: 2 });
    expect((await money.view(placed.id)).payment).toMatchObject({
      state: 'captured',
      amountMinor: 2_490,
      authorisedMinor: 2_490,
      capturedMinor: 2_490,
    });
    await expect(confirm(2)).rejects.toMatchObject({ code: 'orders.action-refused' });
  });

  it('refunds of 179.26 for 179.25: what was taken is given back to the unit, and no more', async () => {
    const wanted = [...UNEVEN, ONE];
    const placed = await money.paid(wanted, 'manual');
    expect(placed.totalMinor).toBe(17_925);
    const give = (line: number, quantity: number, shipping = false) =>
      money.act(placed.id, {
        act: 'refund',
        wish: { kind: 'items', items: line === 0 ? [] : [{ line, quantity }], shipping },
        reason: 'returned',
      });
    const lineOf = async (sku: string) =>
      (await money.order(placed.id)).lines.findIndex((line) => line.sku === sku) + 1;
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
    await expect(money.refund(placed.id, 1)).rejects.toMatchObject({
      code: 'payments.nothing-to-refund',
    });
    const { version } = await money.order(placed.id);
    const done = await shop.app
      .get(OrderEditor)
      .act(money.at(placed.id), version, { action: 'confirm-refund', reason: null });
    expect(done.paymentState).toBe('refunded');
    const { payment: after, refunds } = await money.view(placed.id);
    expect(after).toMatchObject({ refundPendingMinor: 0, refundedMinor: 17_925 });
    expect(refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(17_925);
    expect(new Set(refunds.map(({ state }) => state))).toEqual(new Set(['succeeded']));
  });

  it('is given back once for a key, and never beyond what was taken, however many ask', async () => {
    const placed = await money.paid([PAD], 'manual');
    const key = newId();
    const [first, again] = [
      await money.refund(placed.id, 100, key),
      await money.refund(placed.id, 100, key),
    ];
    expect(again).toEqual(first);
    await expect(money.refund(placed.id, 200, key)).rejects.toMatchObject({
      code: 'idempotency.key-reused',
    });
    const many = await Promise.allSettled(
      Array.from({ length: 8 }, () => money.refund(placed.id, 1_000)),
    );
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    const { payment, refunds } = await money.view(placed.id);
    expect(payment.refundPendingMinor).toBe(2_100);
    expect(refunds).toHaveLength(3);
    expect(await money.order(placed.id)).toMatchObject({ paymentState: 'refund-due' });
  });

  it('is bounded by the statement that writes, whatever its caller believes', async () => {
    const placed = await money.paid([PAD], 'manual');
    const { payment } = await money.view(placed.id);
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
    await money.cancelItems(placed.id, [{ line: 1, quantity: 1 }]);
    expect(released()).toEqual([
      { orderId: placed.id, amountMinor: 1_000, part: expect.any(String) },
    ]);
    await money.staff(placed.id, 'confirm-payment');
    expect(released().slice(1)).toEqual([{ orderId: placed.id, amountMinor: 1_490, part: null }]);
  });

  it('is let go with a cancelled order, and given back when it arrives all the same', async () => {
    const placed = await shop.place([PAD], 'manual');
    const cancelled = await shop.app
      .get(OrderEditor)
      .act(money.at(placed.id), 1, { action: 'cancel', reason: 'no' });
    expect(cancelled).toMatchObject({ state: 'cancelled', paymentState: 'cancelled' });
    expect((await money.view(placed.id)).payment.state).toBe('voided');

    const late = await shop.place([PAD], 'manual');
    await shop.replica.unitOfWork.run(async (tx) => {
      const ledger = shop.app.get(PaymentLedger);
      const held = await ledger.hold(tx, late.id);
      await ledger.take(tx, held, { kind: 'request-void' });
      await tx.manager.query(`UPDATE sales_order SET state = 'cancelled' WHERE id = '${late.id}'`);
    });
    expect(await money.report(late.id, 'captured', 2_490)).toBe(true);
    expect(await money.report(late.id, 'captured', 2_490)).toBe(false);
    expect((await money.view(late.id)).payment).toMatchObject({
      capturedMinor: 2_490,
      refundPendingMinor: 2_490,
    });
    expect(await money.order(late.id)).toMatchObject({
      state: 'cancelled',
      paymentState: 'refund-due',
      transitions: [{ action: 'place' }, { action: 'payment-captured' }, { action: 'refund' }],
    });
  });

  /** What nothing of Lockstep does. */
  const meddle = (statement: SqlStatement) =>
    shop.replica.unitOfWork.run((tx) => tx.execute(statement));

  it('is taken in by no refund that the payment does not know to be pending', async () => {
    const placed = await money.paid([PAD], 'manual');
    const { refunds } = await money.refund(placed.id, 100);
    await meddle(sql`UPDATE payment SET refund_pending_minor = 99 WHERE order_id = ${placed.id}`);
    const { payment } = await money.view(placed.id);
    const before = [await money.view(placed.id), await money.order(placed.id)];
    for (const state of ['succeeded', 'failed'] as const) {
      const sight = { state, providerReference: null, failureCode: null };
      const sighted = { refundId: refunds[0]?.id ?? null, amountMinor: 100, sight };
      await expect(
        shop.replica.unitOfWork.run((tx) =>
          shop.app.get(PaymentReports).takeRefund(tx, payment, sighted),
        ),
      ).rejects.toMatchObject({ code: 'payments.refund-out-of-step', family: 'defect' });
    }
    expect([await money.view(placed.id), await money.order(placed.id)]).toEqual(before);
  });

  it('is said to be missing when its payment is, and nothing else happens', async () => {
    const placed = await money.paid([PAD], 'manual');
    const before = await money.order(placed.id);
    await meddle(sql`DELETE FROM payment WHERE order_id = ${placed.id}`);
    const missing = { code: 'payments.not-found', status: 404 };
    await expect(money.view(placed.id)).rejects.toMatchObject(missing);
    await expect(money.refund(placed.id, 100)).rejects.toMatchObject(missing);
    await expect(money.report(placed.id, 'captured', 1)).rejects.toMatchObject(missing);
    expect(await money.order(placed.id)).toEqual(before);
  });

  it('waits at a provider that the configuration no longer names', async () => {
    const placed = await shop.place([PAD], 'manual');
    await meddle(sql`UPDATE payment SET method = 'card' WHERE order_id = ${placed.id}`);
    const { payment } = await money.view(placed.id);
    const absent = { code: 'payments.not-configured', status: 404 };
    const account = shop.app.get(StripeAccount);
    await expect(shop.app.get(PaymentSights).see(payment)).rejects.toMatchObject(absent);
    await expect(account.call(() => Promise.resolve('called'))).rejects.toMatchObject(absent);
    expect(() => account.readMessage('{}', '')).toThrow(expect.objectContaining(absent));
    expect((await money.view(placed.id)).payment).toEqual(payment);
  });

  it('belongs to one store: from another one there is no such order', async () => {
    const placed = await money.paid([PAD], 'manual');
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
