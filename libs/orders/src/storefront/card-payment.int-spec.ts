import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PrimaryReader, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { CardInbox, PaymentBeginning, PaymentLedger, PaymentsModule } from '#libs/payments';
import {
  CardProviderStandIn,
  describeOnEachDatabase,
  testCards,
  type StandInEvent,
} from '#libs/testing';
import { createHmac } from 'node:crypto';
import { CardPayments } from '../../../payments/src/model/card/card-payments.js';
import { OrderShop } from '../../test/order-shop.js';
import { OrderReader } from './order.reader.js';

const PAD = { sku: 'PAD', priceMinor: 1_000, quantity: 2 };
const TOTAL = 2_490;

describeOnEachDatabase('an order that is paid by card', (open) => {
  let provider: CardProviderStandIn;
  let shop: OrderShop;

  beforeAll(async () => {
    provider = await CardProviderStandIn.start();
    // An answer that never comes is given up soon; one that comes is there at once.
    const env = { ...provider.env, CARD_TIMEOUT_MS: '2500' };
    shop = await OrderShop.start(open, [PaymentsModule], env);
  });

  afterAll(async () => {
    await shop?.replica.close();
    await provider?.stop();
  });

  const database = () => shop.app.get(PrimaryReader);
  const payment = (orderId: string) => shop.app.get(PaymentLedger).get(database(), orderId);
  const proceed = (orderId: string) => shop.app.get(PaymentBeginning).proceed(orderId);

  const seen = ({ number, token }: { readonly number: string; readonly token: string }) =>
    shop.app.get(OrderReader).get(number, { by: 'holding', token, customerId: undefined });

  const sign = (body: string, { secret = provider.webhookSecret, ageSeconds = 0 } = {}) => {
    const at = Math.floor(Date.now() / 1_000) - ageSeconds;
    return `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;
  };
  const take = ({ body }: Pick<StandInEvent, 'body'>) =>
    shop.app.get(CardInbox).take(body, sign(body));

  const noted = async (eventId: string) => {
    const [row] = await database().query<{ outcome: string }>(sql`
      SELECT outcome
      FROM payment_event
      WHERE event_id = ${eventId}`);
    return row?.outcome;
  };

  /** An order whose shopper is asked for a card. */
  const begun = async () => {
    const placed = await shop.place([PAD], 'card');
    const { nextAction } = await proceed(placed.id);
    if (nextAction?.kind !== 'confirm') throw new Error('there is nothing to confirm');
    const { providerReference } = await payment(placed.id);
    return { placed, secret: nextAction.clientSecret, reference: providerReference ?? '' };
  };

  const eventOf = (type: string, reference: string) => {
    const [event] = provider.eventsOf(type, reference);
    if (event === undefined) throw new Error(`no event ${type}`);
    return event;
  };

  it('is made known to the provider once, however often it is asked how to go on', async () => {
    const { placed, secret } = await begun();
    const again = await Promise.all([proceed(placed.id), proceed(placed.id)]);
    for (const standing of again) {
      expect(standing).toMatchObject({
        method: 'card',
        state: 'pending',
        nextAction: { kind: 'confirm', clientSecret: secret, publishableKey: 'pk_test_shop1234' },
      });
    }
    const intents = [...provider.account.intents.values()].filter(
      ({ metadata }) => metadata['lockstep_order'] === placed.id,
    );
    expect(intents).toEqual([
      expect.objectContaining({ amount: TOTAL, currency: 'eur', capture_method: 'manual' }),
    ]);
  });

  it('stands when the provider does not answer, asks once, and goes on with it later', async () => {
    const placed = await shop.place([PAD], 'card');
    provider.failNext(/POST .*payment_intents$/, 'unanswered');
    const pending = { method: 'card', state: 'pending', nextAction: null };
    expect(await shop.app.get(PaymentBeginning).tryProceed(placed.id)).toEqual({
      ...pending,
      openMinor: TOTAL,
      currency: 'EUR',
    });
    provider.failNext(/POST .*payment_intents$/, 'lost');
    expect(await proceed(placed.id)).toMatchObject({ nextAction: { kind: 'confirm' } });
    const intents = [...provider.account.intents.values()].filter(
      ({ metadata }) => metadata['lockstep_order'] === placed.id,
    );
    expect(intents).toHaveLength(1);
  });

  it('says that the provider is away, and repeats nothing of what its errors carry', async () => {
    const placed = await shop.place([PAD], 'card');
    for (let times = 0; times < 2; times += 1) {
      provider.failNext(/POST .*payment_intents$/, 'broken');
    }
    const failure = await proceed(placed.id).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'payments.provider-away', status: 503 });
    expect((failure as Error).cause).toBeUndefined();
    expect(JSON.stringify(failure)).not.toContain(provider.secretKey);
  });

  it('says that the provider refuses it, with its code, and stands as it was', async () => {
    const placed = await shop.place([PAD], 'card');
    // Less than the provider takes at all.
    await shop.replica.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE payment SET amount_minor = 1 WHERE order_id = ${placed.id}`),
    );
    const before = await payment(placed.id);
    const failure = await proceed(placed.id).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'payments.provider-refused',
      status: 422,
      details: { type: 'StripeInvalidRequestError', code: 'amount_too_small', status: 400 },
    });
    expect((failure as Error).cause).toBeUndefined();
    expect(JSON.stringify(failure)).not.toContain(provider.secretKey);
    const standing = await shop.app.get(PaymentBeginning).tryProceed(placed.id);
    expect(standing).toMatchObject({ method: 'card', state: 'pending', nextAction: null });
    const asked = provider.requests.length;
    // The provider knows of none: there is nothing to take, let go of or give back.
    const cards = shop.app.get(CardPayments);
    for (const work of [cards.capture(before, newId()), cards.void(before, newId())]) {
      await expect(work).rejects.toMatchObject({ code: 'payments.not-found', status: 404 });
    }
    expect(provider.requests).toHaveLength(asked);
    expect(await payment(placed.id)).toEqual(before);
  });

  it('stays pending after a declined card, and is authorised with another one', async () => {
    const { placed, secret, reference } = await begun();
    expect(() => provider.confirm(secret, testCards.declined)).toThrow('declined');
    await take(eventOf('payment_intent.payment_failed', reference));
    expect(await payment(placed.id)).toMatchObject({
      state: 'pending',
      failureCode: 'generic_decline',
    });
    provider.confirm(secret, testCards.good);
    await take(eventOf('payment_intent.amount_capturable_updated', reference));
    expect(await payment(placed.id)).toMatchObject({
      state: 'authorised',
      authorisedMinor: TOTAL,
      failureCode: null,
    });
    expect(await seen(placed)).toMatchObject({
      paymentState: 'authorised',
      transitions: [{ action: 'place' }, { action: 'payment-authorised', actor: null }],
    });
  });

  it('a webhook before the return of the shopper makes a second order: it makes none', async () => {
    const { held, totalMinor } = await shop.basket([PAD], 'card');
    const key = newId();
    const placed = await shop.order(held, totalMinor, key);
    const { nextAction } = await proceed(placed.id);
    if (nextAction?.kind !== 'confirm') throw new Error('there is nothing to confirm');
    const back = 'https://shop.example/return';
    const { id: reference } = provider.confirm(nextAction.clientSecret, testCards.secure, back);
    expect(await proceed(placed.id)).toMatchObject({
      nextAction: { kind: 'redirect', url: expect.stringContaining(reference) },
    });
    expect(provider.account.authenticate(reference)).toBe(back);
    await take(eventOf('payment_intent.amount_capturable_updated', reference));
    // The shopper comes back, and whatever his page does now: the order is there, once, and paid once.
    expect(await shop.order(held, totalMinor, key)).toEqual(placed);
    await expect(shop.order(held, totalMinor)).rejects.toMatchObject({
      code: 'carts.cart-ordered',
    });
    const promised = { method: 'card', state: 'authorised', nextAction: null };
    expect(await proceed(placed.id)).toMatchObject({ ...promised, openMinor: 0 });
    const [count] = await database().query<{ orders: number; payments: number }>(sql`
      SELECT COUNT(*) AS orders,
        (SELECT COUNT(*) FROM payment WHERE order_id = ${placed.id}) AS payments
      FROM sales_order
      WHERE cart_id = ${held.id}`);
    expect(count).toEqual({ orders: 1, payments: 1 });
  });

  it('takes an event in before it knows what the provider calls the payment', async () => {
    const placed = await shop.place([PAD], 'card');
    const { reference, nextAction } = await shop.app
      .get(CardPayments)
      .begin(await payment(placed.id));
    expect((await payment(placed.id)).providerReference).toBeNull();
    const secret = nextAction?.kind === 'confirm' ? nextAction.clientSecret : '';
    provider.confirm(secret, testCards.good);
    await take(eventOf('payment_intent.amount_capturable_updated', reference));
    expect(await payment(placed.id)).toMatchObject({
      state: 'authorised',
      providerReference: reference,
    });
    expect(await proceed(placed.id)).toMatchObject({ state: 'authorised' });
  });

  it('is changed by no event that comes twice, late or in another order', async () => {
    const { placed, secret, reference } = await begun();
    provider.confirm(secret, testCards.good);
    const authorised = eventOf('payment_intent.amount_capturable_updated', reference);
    await Promise.all(Array.from({ length: 5 }, () => take(authorised)));
    const first = await payment(placed.id);
    expect(first.state).toBe('authorised');
    await take(authorised);
    expect(await payment(placed.id)).toEqual(first);
    // Taken at the provider, by somebody in its back office; what was sent before comes after.
    provider.account.capture(reference);
    await take(eventOf('payment_intent.succeeded', reference));
    const captured = await payment(placed.id);
    expect(captured).toMatchObject({ state: 'captured', capturedMinor: TOTAL });
    const lateId = `evt_late_${reference}`;
    await take({ body: authorised.body.replace(authorised.id, lateId) });
    await take(eventOf('payment_intent.created', reference));
    expect(await payment(placed.id)).toEqual(captured);
    expect(await noted(lateId)).toBe('ignored');
    const { transitions } = await seen(placed);
    expect(transitions.map(({ action }) => action)).toEqual([
      'place',
      'payment-authorised',
      'payment-captured',
    ]);
  });

  it('believes no message that is not signed, signed by another, changed or old', async () => {
    const { placed, secret, reference } = await begun();
    provider.confirm(secret, testCards.good);
    const { id, body } = eventOf('payment_intent.amount_capturable_updated', reference);
    const inbox = shop.app.get(CardInbox);
    for (const [text, signature] of [
      [body, ''],
      [body, 'nonsense'],
      [body, sign(body, { secret: 'whsec_ofSomebodyElse' })],
      [body, sign(body, { ageSeconds: 3_600 })],
      [body.replace('"amount":2490', '"amount":1'), sign(body)],
      ['', sign(body)],
    ] as const) {
      await expect(inbox.take(text, signature)).rejects.toMatchObject({
        code: 'payments.signature-invalid',
        status: 400,
      });
    }
    expect(await noted(id)).toBeUndefined();
    expect(await payment(placed.id)).toMatchObject({ state: 'pending', version: 2 });
  });

  it('is changed by no message about another payment, or about more money than it is', async () => {
    const { placed, secret, reference } = await begun();
    const before = await payment(placed.id);
    provider.confirm(secret, testCards.good);
    const { body } = eventOf('payment_intent.amount_capturable_updated', reference);
    const changed = async (change: (object: Record<string, unknown>) => void) => {
      const event = JSON.parse(body) as {
        id: string;
        data: { object: Record<string, unknown> };
      };
      event.id = `evt_${newId()}`;
      change(event.data.object);
      await take({ body: JSON.stringify(event) });
      return noted(event.id);
    };
    expect(await changed((object) => (object['metadata'] = {}))).toBe('unknown');
    const stranger = { lockstep_payment: newId() };
    expect(await changed((object) => (object['metadata'] = stranger))).toBe('unknown');
    expect(await changed((object) => (object['id'] = 'pi_another'))).toBe('refused');
    expect(await changed((object) => (object['amount_capturable'] = TOTAL + 1))).toBe('refused');
    expect(await changed((object) => (object['object'] = 'charge'))).toBe('ignored');
    expect(await payment(placed.id)).toEqual(before);
  });

  it('knows of a refund that was made at the provider', async () => {
    const { placed, secret, reference } = await begun();
    provider.confirm(secret, testCards.good);
    provider.account.capture(reference);
    await take(eventOf('payment_intent.succeeded', reference));
    const made = provider.account.refund(reference, 1_000);
    const event = eventOf('refund.created', made.id);
    await take(event);
    await take({ body: event.body.replace(/evt_\w+/, `evt_again_${made.id}`) });
    expect(await payment(placed.id)).toMatchObject({ refundedMinor: 1_000, refundPendingMinor: 0 });
    expect(await seen(placed)).toMatchObject({
      paymentState: 'part-refunded',
    });
  });
});
