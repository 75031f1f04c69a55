import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { HandlesJob, JobContext } from '#authoring/jobs';
import { PrimaryReader, sql, type UnitOfWork } from '#libs/database';
import { CardInbox, PaymentBeginning, PaymentsModule } from '#libs/payments';
import { CardProviderStandIn, describeOnEachDatabase, testCards } from '#libs/testing';
import { createHmac } from 'node:crypto';
import { CapturePaymentHandler } from '../../../payments/src/authoring/capture-payment.handler.js';
import { PaymentsAuthoringModule } from '../../../payments/src/authoring/payments-authoring.module.js';
import { RefundPaymentHandler } from '../../../payments/src/authoring/refund-payment.handler.js';
import { VoidPaymentHandler } from '../../../payments/src/authoring/void-payment.handler.js';
import { PadEdits, totalOf } from '../../test/edit-money.js';
import { OrderMoney } from '../../test/order-money.js';
import { OrderShop } from '../../test/order-shop.js';

const PAD = { sku: 'PAD', priceMinor: 1_000, quantity: 2 };

describeOnEachDatabase('the balance of an order that is paid by card', (open) => {
  let provider: CardProviderStandIn;
  let shop: OrderShop;
  let money: OrderMoney;
  let edits: PadEdits;

  beforeAll(async () => {
    provider = await CardProviderStandIn.start();
    shop = await OrderShop.start(open, [PaymentsModule, PaymentsAuthoringModule], provider.env);
    money = new OrderMoney(shop);
    edits = new PadEdits(shop, money);
  });

  afterAll(async () => {
    await shop?.replica.close();
    await provider?.stop();
  });

  const proceed = (id: string) => shop.app.get(PaymentBeginning).proceed(id);
  const take = (type: string, reference: string) => {
    const body = provider.eventsOf(type, reference).at(-1)?.body ?? '';
    const at = Math.floor(Date.now() / 1_000);
    const digest = createHmac('sha256', provider.webhookSecret).update(`${at}.${body}`);
    return shop.app.get(CardInbox).take(body, `t=${at},v1=${digest.digest('hex')}`);
  };
  const payments = async (id: string) => (await money.view(id)).payments;
  const run = <Payload>(handler: HandlesJob<Payload>, payload: Payload) => {
    const complete = async (work?: Parameters<UnitOfWork['run']>[0]) => {
      if (work !== undefined) await shop.replica.unitOfWork.run(work);
    };
    return handler.handle(payload, { complete } as unknown as JobContext);
  };
  /** Does the jobs of a kind that there are for something. */
  const work = async (name: string, handler: HandlesJob<never>, part: string) => {
    const rows = await shop.app.get(PrimaryReader).query<{ payload_json: string }>(sql`
      SELECT payload_json
      FROM job
      WHERE name = ${name}`);
    for (const { payload_json: text } of rows) {
      if (text.includes(part)) await run(handler, JSON.parse(text) as never);
    }
  };
  const capture = async (id: string) => {
    await money.act(id, { act: 'capture', amountMinor: null, reason: null });
    for (const payment of await payments(id)) {
      await work('capture-payment', shop.app.get(CapturePaymentHandler), payment.id);
    }
  };
  /** The shopper pays what is asked for now; answers how the provider calls it. */
  const pay = async (id: string) => {
    const { nextAction } = await proceed(id);
    if (nextAction?.kind !== 'confirm') throw new Error('there is nothing to confirm');
    const { id: reference } = provider.confirm(nextAction.clientSecret, testCards.good);
    await take('payment_intent.amount_capturable_updated', reference);
    return reference;
  };
  const paid = async () => {
    const { id } = await shop.place([PAD], 'card');
    const reference = await pay(id);
    await capture(id);
    return { id, reference };
  };

  it('is asked for with a payment of its own, for the difference only, and taken with it', async () => {
    const { id, reference } = await paid();
    expect(await proceed(id)).toMatchObject({ state: 'captured', openMinor: 0, nextAction: null });
    await edits.to(id, 3);
    const standing = await proceed(id);
    expect(standing).toMatchObject({ state: 'pending', openMinor: 1_000, currency: 'EUR' });
    expect(await proceed(id)).toEqual(standing);
    const asked = [...provider.account.intents.values()].filter(
      ({ metadata }) => metadata['lockstep_order'] === id,
    );
    expect(asked.map(({ amount }) => amount)).toEqual([totalOf(2), 1_000]);
    const second = await pay(id);
    expect(second).not.toBe(reference);
    expect(await money.order(id)).toMatchObject({ paymentState: 'authorised' });
    expect(await proceed(id)).toMatchObject({ openMinor: 0, nextAction: null });
    await capture(id);
    expect(await money.order(id)).toMatchObject({ paymentState: 'paid' });
    expect(await edits.sums(id)).toMatchObject({ captured: totalOf(3) });
    await take('payment_intent.succeeded', second);
    expect(await edits.sums(id)).toMatchObject({ captured: totalOf(3) });
    await money.staff(id, 'cancel');
    const { refunds } = await money.view(id);
    for (const refund of refunds) {
      await work('refund-payment', shop.app.get(RefundPaymentHandler), refund.id);
    }
    const given = (intent: string) =>
      [...provider.account.refunds.values()]
        .filter(({ payment_intent: of }) => of === intent)
        .reduce((sum, { amount }) => sum + amount, 0);
    expect([given(reference), given(second)]).toEqual([totalOf(2), 1_000]);
    expect(await money.order(id)).toMatchObject({ paymentState: 'refunded' });
  });

  it('is added to what is only promised, or asked for, too', async () => {
    const { id } = await shop.place([PAD], 'card');
    await edits.to(id, 3);
    expect(await money.order(id)).toMatchObject({ paymentState: 'pending' });
    expect(await proceed(id)).toMatchObject({ openMinor: totalOf(3) });
    await pay(id);
    expect(await money.order(id)).toMatchObject({ paymentState: 'balance-due' });
    await expect(money.staff(id, 'ship')).rejects.toMatchObject({ code: 'orders.action-refused' });
    await pay(id);
    expect(await money.order(id)).toMatchObject({ paymentState: 'authorised' });
    expect(await money.staff(id, 'ship')).toMatchObject({ state: 'shipped' });
    await capture(id);
    expect(await edits.sums(id)).toMatchObject({ captured: totalOf(3) });
  });

  it('is asked for anew when the provider lets go of it, and the order stays', async () => {
    const { id } = await paid();
    await edits.to(id, 3);
    const reference = await pay(id);
    provider.account.cancel(reference);
    await take('payment_intent.canceled', reference);
    await take('payment_intent.canceled', reference);
    expect((await payments(id)).map(({ state }) => state)).toEqual([
      'captured',
      'voided',
      'pending',
    ]);
    const order = await money.order(id);
    expect(order).toMatchObject({ state: 'open', paymentState: 'balance-due' });
    expect(order.transitions.at(-1)).toMatchObject({ action: 'balance-asked' });
    expect(await pay(id)).not.toBe(reference);
    await capture(id);
    expect(await edits.sums(id)).toMatchObject({ captured: totalOf(3) });
  });

  it('is let go of at the provider when it is owed no more, and given back when it was paid all the same', async () => {
    const { id } = await paid();
    await edits.to(id, 3);
    const { nextAction } = await proceed(id);
    if (nextAction?.kind !== 'confirm') throw new Error('there is nothing to confirm');
    await edits.to(id, 2);
    expect(await money.order(id)).toMatchObject({ paymentState: 'paid' });
    const quiet = await paid();
    await edits.to(quiet.id, 3);
    await proceed(quiet.id);
    await edits.to(quiet.id, 2);
    const undone = (await payments(quiet.id)).at(-1);
    await work('void-payment', shop.app.get(VoidPaymentHandler), undone?.id ?? '');
    expect((await payments(quiet.id)).map(({ state }) => state)).toEqual(['captured', 'voided']);
    expect(await money.order(quiet.id)).toMatchObject({ paymentState: 'paid' });
    // The shopper was quicker than the job.
    const { id: late } = provider.confirm(nextAction.clientSecret, testCards.good);
    provider.account.capture(late);
    const balance = (await payments(id)).at(-1);
    await work('void-payment', shop.app.get(VoidPaymentHandler), balance?.id ?? '');
    expect(await edits.sums(id)).toMatchObject({ captured: totalOf(3), pending: 1_000 });
    expect(await money.order(id)).toMatchObject({ paymentState: 'refund-due', state: 'open' });
  });

  it('adds up when it is paid, edited and cancelled at once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id } = await paid();
      await edits.to(id, 4);
      const { nextAction } = await proceed(id);
      if (nextAction?.kind !== 'confirm') throw new Error('there is nothing to confirm');
      const { id: reference } = provider.confirm(nextAction.clientSecret, testCards.good);
      const attempts = [
        () => take('payment_intent.amount_capturable_updated', reference),
        () => edits.to(id, 3),
        () => proceed(id),
        () => (round < 2 ? money.staff(id, 'cancel') : edits.to(id, 1)),
        () => take('payment_intent.amount_capturable_updated', reference),
      ];
      const ordered = round % 2 === 0 ? attempts : attempts.toReversed();
      await Promise.allSettled(ordered.map((attempt) => attempt()));
      for (const payment of await payments(id)) {
        await work('void-payment', shop.app.get(VoidPaymentHandler), payment.id);
      }
      await take('payment_intent.amount_capturable_updated', reference);
      const order = await money.order(id);
      if (order.state === 'open' && order.paymentState === 'authorised') await capture(id);
      const { captured, pending, refunded } = await edits.sums(id);
      const kept = captured - pending - refunded;
      const due = (await proceed(id)).openMinor;
      if (order.state === 'cancelled') expect(kept).toBe(0);
      else expect(kept + due).toBe(order.totalMinor);
    }
  });
});
