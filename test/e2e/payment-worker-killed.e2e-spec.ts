import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CardProviderStandIn, eventually, startFleet, type RunningFleet } from '#libs/testing';
import { createStore } from '../support/catalog-client.js';
import { CardShopper, type CardOrder } from '../support/card-shopper.js';
import { ReplicaClient } from '../support/replica-client.js';
import { createWare, openShop } from '../support/shop-client.js';

const STORE = 'killed';
const SKU = 'PAD';
const TOTAL = 2_490;

describe('a worker that is killed between the provider and the database', () => {
  let provider: CardProviderStandIn;
  let fleet: RunningFleet;
  let shopper: CardShopper;

  beforeAll(async () => {
    provider = await CardProviderStandIn.start();
    fleet = await startFleet({
      commerce: 1,
      authoring: 2,
      // Its answer is held until the worker is gone: it must not give up before.
      env: { ...provider.env, CARD_TIMEOUT_MS: '60000' },
      envOf: (role, index) => (role === 'authoring' && index === 0 ? { JOBS_WORKER: 'false' } : {}),
    });
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    const shop = new ReplicaClient(fleet.commerce[0]!.url);
    shopper = new CardShopper(fleet, provider, shop, staff, STORE);
    await createStore(staff, STORE);
    await openShop(staff, STORE);
    await createWare(staff, STORE, SKU, { onHand: 1_000 });
  });

  afterAll(async () => {
    provider?.release();
    await fleet?.stop();
    await provider?.stop();
  });

  /** The effect is at the provider, nothing of it in the database; the worker dies, another one comes. */
  const killWorkerDuring = async (
    path: RegExp,
    isThere: () => boolean,
    meanwhile: () => Promise<void> = async () => undefined,
  ): Promise<void> => {
    const worker = fleet.authoring.at(-1)!;
    await eventually('the provider has done it', isThere, { withinMs: 60_000 });
    await worker.kill('SIGKILL');
    provider.release();
    expect(provider.asked(path)).toHaveLength(1);
    // While there is no worker: the next one may be quick.
    await meanwhile();
    await fleet.add('authoring');
  };

  const captured = async (): Promise<CardOrder> => {
    const order = await shopper.authorised(SKU);
    await shopper.act(order, 'capture');
    await shopper.until(order, 'captured', ({ state }) => state === 'captured');
    return order;
  };

  it('captures once', async () => {
    const order = await shopper.authorised(SKU);
    const path = new RegExp(`POST .*${order.reference}/capture$`);
    provider.failNext(path, 'held');
    await shopper.act(order, 'capture');
    await killWorkerDuring(
      path,
      () => provider.account.get(order.reference).status === 'succeeded',
      async () => expect((await shopper.payment(order)).state).toBe('capturing'),
    );
    const payment = await shopper.until(order, 'captured', ({ state }) => state === 'captured');
    expect(payment.captured.amount).toBe(TOTAL);
    expect(provider.asked(path)).toHaveLength(1);
    expect(provider.eventsOf('payment_intent.succeeded', order.reference)).toHaveLength(1);
    const { history } = await shopper.seenByStaff(order);
    expect(history.filter(({ action }) => action === 'payment-captured')).toHaveLength(1);
  });

  it('refunds once', async () => {
    const order = await captured();
    provider.failNext(/POST .*refunds$/, 'held');
    const before = provider.asked(/POST .*refunds$/).length;
    expect(before).toBe(0);
    await shopper.act(order, 'refunds', { kind: 'amount', amount: 1_000 });
    const made = () => provider.account.refundsOf(order.reference);
    await killWorkerDuring(/POST .*refunds$/, () => made().length > 0);
    const payment = await shopper.until(order, 'given back', ({ refunded }) => refunded.amount > 0);
    expect(payment).toMatchObject({
      refunded: { amount: 1_000 },
      refundPending: { amount: 0 },
      refunds: [{ state: 'succeeded' }],
    });
    expect(made().map(({ amount }) => amount)).toEqual([1_000]);
  });
});
