import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { JobContext } from '#authoring/jobs';
import { PromotionsAuthoringModule } from '#authoring/promotions';
import { CartEditor, type CartAddress } from '#libs/carts';
import { DatabaseClock, PrimaryReader, sql, UnitOfWork } from '#libs/database';
import { PaymentBeginning, PaymentLedger, PaymentsModule, PaymentProviders } from '#libs/payments';
import { CardProviderStandIn, describeOnEachDatabase, testCards } from '#libs/testing';
import { createHmac } from 'node:crypto';
import { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { PaymentsAuthoringModule } from '../../../../payments/src/authoring/payments-authoring.module.js';
import { VoidPaymentHandler } from '../../../../payments/src/authoring/void-payment.handler.js';
import { PaymentReports } from '../../../../payments/src/model/payment-reports.js';
import { CardInbox } from '../../../../payments/src/storefront/card-inbox.js';
import { PromotedShop } from '../../../test/promoted-shop.js';
import { OrdersModule } from '../../storefront/orders.module.js';
import { OrderDirectory } from '../order.directory.js';
import { OrdersAuthoringModule } from '../orders-authoring.module.js';
import { ExpireOrderHandler } from './expire-order.handler.js';
import { FindUnpaidOrdersHandler } from './find-unpaid-orders.handler.js';
import { UnpaidOrders, type UnpaidOrder } from './unpaid-orders.js';

const TTL_MS = 30 * 60_000;
const TOTAL = 2_490;

describeOnEachDatabase('an order whose card payment is never authorised', (open) => {
  let provider: CardProviderStandIn;
  let replica: CatalogReplica;
  let shop: PromotedShop;

  beforeAll(async () => {
    provider = await CardProviderStandIn.start();
    replica = await CatalogReplica.start(
      open,
      [
        OrdersModule,
        OrdersAuthoringModule,
        PaymentsModule,
        PaymentsAuthoringModule,
        PromotionsAuthoringModule,
      ],
      { ...provider.env, CARD_UNPAID_TTL_MS: String(TTL_MS) },
    );
    shop = await PromotedShop.open(replica);
  });

  afterAll(async () => {
    await replica?.close();
    await provider?.stop();
  });

  const database = () => replica.app.get(PrimaryReader);
  const orderOf = (id: string) => replica.app.get(OrderDirectory).get(shop.store.code, id);
  const payment = (id: string) => replica.app.get(PaymentLedger).get(database(), id);

  const place = async (method: 'card' | 'manual', held?: CartAddress) => {
    const cart = held ?? (await shop.fill('ada@example.com'));
    await replica.app.get(CartEditor).setDetails(cart, undefined, { paymentMethod: method });
    return (await shop.order(cart)).id;
  };

  /** An order whose shopper was asked for a card. */
  const begun = async (held?: CartAddress) => {
    const id = await place('card', held);
    const { nextAction } = await replica.app.get(PaymentBeginning).proceed(id);
    if (nextAction?.kind !== 'confirm') throw new Error('there is nothing to confirm');
    const { providerReference: reference } = await payment(id);
    return { id, secret: nextAction.clientSecret, reference: reference ?? '' };
  };

  const take = (type: string, reference: string) => {
    const body = provider.eventsOf(type, reference).at(-1)?.body ?? '';
    const at = Math.floor(Date.now() / 1_000);
    const digest = createHmac('sha256', provider.webhookSecret).update(`${at}.${body}`);
    return replica.app.get(CardInbox).take(body, `t=${at},v1=${digest.digest('hex')}`);
  };

  const age = (id: string, ageMs: number) =>
    replica.unitOfWork.run((tx) =>
      tx.execute(sql`
        UPDATE sales_order
        SET placed_at = ${replica.app.get(DatabaseClock).wallMs() - ageMs}
        WHERE id = ${id}`),
    );

  /** What the job resolved with. */
  const run = async <Payload>(
    handler: { handle(payload: Payload, context: JobContext): Promise<void> },
    payload: Payload,
  ) => {
    let result: unknown;
    const context = {
      signal: new AbortController().signal,
      complete: async (work?: Parameters<UnitOfWork['run']>[0]) => {
        if (work !== undefined) result = await replica.unitOfWork.run(work);
      },
    };
    await handler.handle(payload, context as unknown as JobContext);
    return result;
  };
  const find = () => run(replica.app.get(FindUnpaidOrdersHandler), {});
  const expire = (orderId: string) => run(replica.app.get(ExpireOrderHandler), { orderId });

  const jobs = async <Payload>(name: string, part: string) => {
    const rows = await database().query<{ payload_json: string }>(sql`
      SELECT payload_json
      FROM job
      WHERE name = ${name}
      ORDER BY created_at, id`);
    return rows
      .filter(({ payload_json: payload }) => payload.includes(part))
      .map(({ payload_json: payload }) => JSON.parse(payload) as Payload);
  };
  const letGo = async (id: string) => {
    const { id: paymentId } = await payment(id);
    const asked = await jobs<{ paymentId: string; key: string }>('void-payment', paymentId);
    for (const payload of asked) await run(replica.app.get(VoidPaymentHandler), payload);
    return asked.length;
  };

  /** What is on hand, which is the sum of its ledger. */
  const stock = async () => {
    const [row] = await database().query<{ on_hand: number; ledger: number }>(sql`
      SELECT s.on_hand,
        (SELECT SUM(l.quantity) FROM stock_ledger l WHERE l.variant_id = s.variant_id) AS ledger
      FROM stock_item s
      JOIN location l ON l.id = s.location_id
      WHERE l.store_id = ${shop.store.id}`);
    expect(row?.ledger).toBe(row?.on_hand);
    return row?.on_hand;
  };

  it('is cancelled once: its stock, its coupon and its payment are free again', async () => {
    const promotion = await shop.promote({ needsCoupon: true, customerUseLimit: 1 });
    await shop.addCoupon(promotion, 'ONCE', 1);
    const before = (await stock()) ?? 0;
    const held = await shop.fill('bob@example.com');
    await shop.give(held, 'ONCE');
    const { id, secret, reference } = await begun(held);
    provider.confirm(secret, testCards.secure);
    expect(await stock()).toBe(before - 2);
    expect(await shop.usesOf(promotion)).toBe(1);
    await age(id, TTL_MS + 60_000);
    for (let times = 0; times < 2; times += 1) expect(await find()).toEqual({ found: 1 });
    expect(await jobs('expire-order', id)).toEqual([{ orderId: id }]);
    const ends = await Promise.all([expire(id), expire(id), expire(id)]);
    expect(ends.filter((end) => (end as { isExpired: boolean }).isExpired)).toHaveLength(1);
    expect(await stock()).toBe(before);
    expect(await shop.usesOf(promotion)).toBe(0);
    expect(await payment(id)).toMatchObject({ state: 'voiding', capturedMinor: 0 });
    expect(await letGo(id)).toBe(1);
    expect(provider.account.get(reference).status).toBe('canceled');
    expect(await payment(id)).toMatchObject({ state: 'voided' });
    const { state, paymentState, transitions } = await orderOf(id);
    expect({ state, paymentState }).toEqual({ state: 'cancelled', paymentState: 'cancelled' });
    expect(transitions).toMatchObject([
      { action: 'place' },
      { action: 'cancel', reason: 'the payment was not authorised in time' },
      { action: 'payment-voided' },
    ]);
    expect(await jobs('write-order-mail', id)).toMatchObject([
      { mail: 'confirmation' },
      { mail: 'cancelled', sequence: 2 },
    ]);
    expect(await find()).toEqual({ found: 0 });
    // The coupon may be used by somebody once more.
    const again = await shop.fill('bob@example.com');
    const { promotions } = await shop.give(again, 'ONCE');
    expect(promotions.coupons).toMatchObject([{ isApplied: true }]);
  });

  it('is left alone until its time has come, and when staff wait for other money', async () => {
    const [card, manual] = [await place('card'), await place('manual')];
    await age(card, TTL_MS - 60_000);
    await age(manual, 10 * TTL_MS);
    expect(await find()).toEqual({ found: 0 });
    await age(card, TTL_MS + 60_000);
    expect(await find()).toEqual({ found: 1 });
    expect(await expire(card)).toEqual({ isExpired: true });
    expect(await expire(card)).toEqual({ isExpired: false });
    // The provider was never told of it, so there is nothing to let go of there.
    expect(await letGo(card)).toBe(0);
    expect(await payment(card)).toMatchObject({ state: 'voided', providerReference: null });
    expect(await replica.app.get(PaymentBeginning).proceed(card)).toMatchObject({
      state: 'voided',
      nextAction: null,
    });
  });

  it('is found page by page, oldest first', async () => {
    const ids = [await place('card'), await place('card'), await place('card')];
    for (const [index, id] of ids.entries()) await age(id, TTL_MS + (3 - index) * 60_000);
    const unpaid = replica.app.get(UnpaidOrders);
    const found: string[] = [];
    for (let after: UnpaidOrder | undefined; ;) {
      const [next] = await unpaid.list(Number.MAX_SAFE_INTEGER, after, 1);
      if (next === undefined) break;
      found.push(next.id);
      after = next;
    }
    expect(found).toEqual(ids);
    for (const id of ids) await expire(id);
  });

  it('lives when the shopper was in time and only the message of the provider is not', async () => {
    const { id, secret, reference } = await begun();
    provider.confirm(secret, testCards.secure);
    provider.account.authenticate(reference);
    expect(await payment(id)).toMatchObject({ state: 'pending' });
    expect(await expire(id)).toEqual({ isExpired: false });
    expect(await orderOf(id)).toMatchObject({ state: 'open', paymentState: 'authorised' });
  });

  it('waits while the provider cannot be asked, and goes when it has let go of it', async () => {
    const { id, reference } = await begun();
    for (let times = 0; times < 2; times += 1) {
      provider.failNext(/GET .*payment_intents/, 'broken');
    }
    await expect(expire(id)).rejects.toMatchObject({ code: 'payments.provider-away' });
    expect(await orderOf(id)).toMatchObject({ state: 'open', version: 1 });
    provider.account.cancel(reference);
    expect(await expire(id)).toEqual({ isExpired: true });
    expect(await orderOf(id)).toMatchObject({ state: 'cancelled', paymentState: 'cancelled' });
  });

  it('gets a late authorisation, which is let go of, and keeps no money that was taken', async () => {
    const late = await begun();
    expect(await expire(late.id)).toEqual({ isExpired: true });
    provider.confirm(late.secret, testCards.good);
    await take('payment_intent.amount_capturable_updated', late.reference);
    expect(await payment(late.id)).toMatchObject({ state: 'voiding', authorisedMinor: 0 });
    await letGo(late.id);
    expect(provider.account.get(late.reference).status).toBe('canceled');

    const quick = await begun();
    expect(await expire(quick.id)).toEqual({ isExpired: true });
    provider.confirm(quick.secret, testCards.good);
    provider.account.capture(quick.reference);
    await letGo(quick.id);
    await take('payment_intent.succeeded', quick.reference);
    expect(await payment(quick.id)).toMatchObject({
      state: 'captured',
      capturedMinor: TOTAL,
      refundPendingMinor: TOTAL,
    });
    expect(await orderOf(quick.id)).toMatchObject({
      state: 'cancelled',
      paymentState: 'refund-due',
    });
    const { id: paymentId } = await payment(quick.id);
    const refunds = await database().query<{ id: string; amount_minor: number }>(sql`
      SELECT id, amount_minor
      FROM refund
      WHERE payment_id = ${paymentId}`);
    expect(refunds).toEqual([{ id: expect.any(String), amount_minor: TOTAL }]);
    expect(await jobs('refund-payment', refunds[0]?.id ?? '')).toHaveLength(1);
  });

  it('gives back what is taken of a payment that had ended here before', async () => {
    const id = await place('card');
    expect(await expire(id)).toEqual({ isExpired: true });
    const report = { kind: 'captured', amountMinor: TOTAL } as const;
    const sight = { reference: `pi_${id}`, report, failureCode: null };
    const of = await payment(id);
    const told = () =>
      replica.unitOfWork.run((tx) =>
        replica.app.get(PaymentReports).takePayment(tx, { of, sight }),
      );
    expect([await told(), await told()]).toEqual([true, false]);
    expect(await payment(id)).toMatchObject({ capturedMinor: TOTAL, refundPendingMinor: TOTAL });
  });

  it('is not looked for while the shop takes no cards', async () => {
    const id = await place('card');
    await age(id, TTL_MS + 60_000);
    const providers = replica.app.get(PaymentProviders);
    const of = providers.of.bind(providers);
    providers.of = (asked) => ({ ...of(asked), isAvailable: false });
    try {
      expect(await find()).toEqual({ found: 0 });
    } finally {
      providers.of = of;
    }
    expect(await find()).toEqual({ found: 1 });
  });
});
