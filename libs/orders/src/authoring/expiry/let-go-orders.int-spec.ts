import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { JobContext } from '#authoring/jobs';
import { PrimaryReader, sql, type UnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import { PaymentBeginning, PaymentsModule, type PaymentMethod } from '#libs/payments';
import { CardProviderStandIn, describeOnEachDatabase, testCards } from '#libs/testing';
import { createHmac } from 'node:crypto';
import { PaymentsAuthoringModule } from '../../../../payments/src/authoring/payments-authoring.module.js';
import { VoidPaymentHandler } from '../../../../payments/src/authoring/void-payment.handler.js';
import { CardInbox } from '../../../../payments/src/storefront/card-inbox.js';
import { OrderMoney } from '../../../test/order-money.js';
import { FREE_FROM_MINOR, OrderShop, type WantedWare } from '../../../test/order-shop.js';
import { ExpireOrderHandler } from './expire-order.handler.js';

const PAD = { sku: 'PAD', priceMinor: 1_000, quantity: 2 };
const GIFT = { sku: 'GIFT', priceMinor: 0, quantity: 1 };
const STOCK = 1_000;

describeOnEachDatabase('an open order whose payment is let go of', (open) => {
  let provider: CardProviderStandIn;
  let shop: OrderShop;
  let money: OrderMoney;

  beforeAll(async () => {
    provider = await CardProviderStandIn.start();
    shop = await OrderShop.start(open, [PaymentsModule, PaymentsAuthoringModule], provider.env);
    money = new OrderMoney(shop);
  });

  afterAll(async () => {
    await shop?.replica.close();
    await provider?.stop();
  });

  /** Each order has goods of its own, with all of their stock. */
  const fresh = (ware: WantedWare): WantedWare => ({
    ...ware,
    sku: `${ware.sku}-${newId().slice(-12)}`,
  });
  const place = async (method: PaymentMethod) => (await shop.place([fresh(PAD)], method)).id;
  const authorised = async () => {
    const id = await place('card');
    const { nextAction } = await shop.app.get(PaymentBeginning).proceed(id);
    if (nextAction?.kind !== 'confirm') throw new Error('there is nothing to confirm');
    provider.confirm(nextAction.clientSecret, testCards.good);
    const reference = (await money.view(id)).payment.providerReference ?? '';
    await take('payment_intent.amount_capturable_updated', reference);
    return { id, reference };
  };
  const take = (type: string, reference: string) => {
    const body = provider.eventsOf(type, reference).at(-1)?.body ?? '';
    const at = Math.floor(Date.now() / 1_000);
    const digest = createHmac('sha256', provider.webhookSecret).update(`${at}.${body}`);
    return shop.app.get(CardInbox).take(body, `t=${at},v1=${digest.digest('hex')}`);
  };
  const letGo = (id: string) => money.act(id, { act: 'void', reason: 'a wrong order' });

  const jobs = async <Payload>(name: string, part: string) => {
    const rows = await shop.app.get(PrimaryReader).query<{ payload_json: string }>(sql`
      SELECT payload_json
      FROM job
      WHERE name = ${name}`);
    return rows
      .filter(({ payload_json: payload }) => payload.includes(part))
      .map(({ payload_json: payload }) => JSON.parse(payload) as Payload);
  };
  const run = async <Payload>(
    handler: { handle(payload: Payload, context: JobContext): Promise<void> },
    payload: Payload,
  ) => {
    let result: unknown;
    const context = {
      complete: async (work?: Parameters<UnitOfWork['run']>[0]) => {
        if (work !== undefined) result = await shop.replica.unitOfWork.run(work);
      },
    };
    await handler.handle(payload, context as unknown as JobContext);
    return result;
  };
  /** What the jobs resolved with that look at the order, those that have ended before included. */
  const expiries = async (id: string) => {
    const results: unknown[] = [];
    for (const payload of await jobs<{ orderId: string }>('expire-order', id)) {
      results.push(await run(shop.app.get(ExpireOrderHandler), payload));
    }
    return results;
  };
  const voidAtProvider = async (id: string) => {
    const { payment } = await money.view(id);
    for (const payload of await jobs<{ paymentId: string; key: string }>(
      'void-payment',
      payment.id,
    )) {
      await run(shop.app.get(VoidPaymentHandler), payload);
    }
  };
  const stockOf = async (id: string) => {
    const variantId = (await money.order(id)).lines[0]?.variantId;
    const [row] = await shop.app.get(PrimaryReader).query<{ on_hand: number }>(sql`
      SELECT on_hand
      FROM stock_item
      WHERE variant_id = ${variantId ?? ''}`);
    return row?.on_hand;
  };

  it.each(['manual', 'invoice'] as const)(
    'by staff is cancelled, once: its stock is free again, and its shopper told (%s)',
    async (method) => {
      const id = await place(method);
      expect(await stockOf(id)).toBe(STOCK - PAD.quantity);
      expect(await jobs('expire-order', id)).toEqual([]);
      expect((await letGo(id)).payment.state).toBe('voided');
      // Nothing will be paid for what would be shipped.
      await expect(money.staff(id, 'ship')).rejects.toMatchObject({
        code: 'orders.action-refused',
      });
      expect(await expiries(id)).toEqual([{ isExpired: true }]);
      expect(await expiries(id)).toEqual([{ isExpired: false }]);
      expect(await stockOf(id)).toBe(STOCK);
      const { state, paymentState, transitions } = await money.order(id);
      expect({ state, paymentState }).toEqual({ state: 'cancelled', paymentState: 'cancelled' });
      expect(transitions).toMatchObject([
        { action: 'place' },
        { action: 'void', reason: 'a wrong order' },
        { action: 'cancel', reason: 'the payment was let go of' },
      ]);
      expect(await jobs('write-order-mail', id)).toMatchObject([
        { mail: 'confirmation' },
        { mail: 'cancelled', sequence: 3 },
      ]);
    },
  );

  it('by staff lives until the provider has done it, and then is cancelled', async () => {
    const { id, reference } = await authorised();
    expect((await letGo(id)).payment.state).toBe('voiding');
    expect(await expiries(id)).toEqual([{ isExpired: false }]);
    expect(await money.order(id)).toMatchObject({ state: 'open' });
    await voidAtProvider(id);
    expect(provider.account.get(reference).status).toBe('canceled');
    expect(await expiries(id)).toContainEqual({ isExpired: true });
    expect(await money.order(id)).toMatchObject({ state: 'cancelled' });
    expect(await stockOf(id)).toBe(STOCK);
  });

  it('by staff lives when the money was taken before', async () => {
    const { id, reference } = await authorised();
    await letGo(id);
    provider.account.capture(reference);
    await voidAtProvider(id);
    await take('payment_intent.succeeded', reference);
    expect(await expiries(id)).not.toContainEqual({ isExpired: true });
    expect(await money.order(id)).toMatchObject({ state: 'open', paymentState: 'paid' });
    expect(await stockOf(id)).toBe(STOCK - PAD.quantity);
  });

  it('by the provider alone, as when an authorisation has lapsed, is cancelled', async () => {
    const { id, reference } = await authorised();
    provider.account.cancel(reference);
    await take('payment_intent.canceled', reference);
    expect(await money.order(id)).toMatchObject({ state: 'open', paymentState: 'cancelled' });
    expect(await expiries(id)).toEqual([{ isExpired: true }]);
    expect(await money.order(id)).toMatchObject({ state: 'cancelled' });
    expect(await stockOf(id)).toBe(STOCK);
  });

  it('because nothing is owed any more lives: what is left of it can be shipped', async () => {
    const dear = { ...PAD, priceMinor: FREE_FROM_MINOR };
    const { id } = await shop.place([fresh(dear), fresh(GIFT)], 'manual');
    const line = (await money.order(id)).lines.findIndex(({ totalMinor }) => totalMinor > 0) + 1;
    await money.cancelItems(id, [{ line, quantity: PAD.quantity }]);
    expect(await money.order(id)).toMatchObject({ state: 'open', paymentState: 'cancelled' });
    expect(await expiries(id)).toEqual([{ isExpired: false }]);
    expect(await money.staff(id, 'ship')).toMatchObject({ state: 'shipped' });
  });
});
