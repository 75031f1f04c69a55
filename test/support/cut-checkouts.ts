import { randomUUID } from 'node:crypto';
import { delay } from '#libs/kernel';
import {
  testCards,
  type CardProviderStandIn,
  type RunningFleet,
  type RunningReplica,
} from '#libs/testing';
import type { CheckoutAnswer } from '../../apps/commerce/src/carts/cart.schemas.js';
import { Random } from '../simulation/engine/random.js';
import { bytesOf, cutRequest, type RawRequest } from './cut-request.js';
import { ReplicaClient, type Call, type Reply } from './replica-client.js';
import { fillCart, withToken, type HeldCart } from './shop-client.js';

export interface CutCheckoutsOptions {
  readonly seed: number;
  readonly checkouts: number;
  readonly shoppers: number;
  /** Begins no more than so many a minute; as fast as they go when absent. */
  readonly perMinute?: number;
  /** A commerce replica is killed in the middle of so many of the checkouts. */
  readonly kills: number;
  readonly store: string;
  readonly sku: string;
}

/** A checkout that was answered at last. */
export interface SettledCheckout {
  readonly cartId: string;
  readonly orderId: string;
  readonly email: string;
  /** How the provider names the payment. */
  readonly reference: string;
}

const MINUTE_MS = 60_000;
const MAX_CUTS = 3;
/** A little more than an answer has, so that some cuts come behind the last byte. */
const ANSWER_BYTES = 1_500;
const SETTLES_WITHIN_MS = 120_000;
const AGAIN_MS = 50;

/**
 * Shoppers whose connections are cut at random bytes and whose replicas are killed, and who repeat each
 * request with its key, on whatever replica there is, until it is answered.
 */
export class CutCheckouts {
  /** Connections that were cut, by where. */
  readonly cuts = { request: 0, answer: 0, kill: 0 };
  private readonly random: Random;
  private readonly shops: RunningReplica[];
  private readonly offices: RunningReplica[];
  private begun = 0;
  private lastKill = Promise.resolve();

  constructor(
    private readonly fleet: Pick<RunningFleet, 'commerce' | 'authoring' | 'add'>,
    private readonly provider: CardProviderStandIn,
    private readonly staff: ReplicaClient,
    private readonly options: CutCheckoutsOptions,
  ) {
    this.random = new Random(options.seed);
    this.shops = [...fleet.commerce];
    this.offices = [...fleet.authoring];
  }

  /** Orders everything, pays it and takes the money. */
  async run(): Promise<SettledCheckout[]> {
    const settled: SettledCheckout[] = [];
    const { perMinute = Infinity } = this.options;
    const beganMs = performance.now();
    const shopper = async (): Promise<void> => {
      while (this.begun < this.options.checkouts) {
        this.begun += 1;
        const count = this.begun;
        await delay(Math.max(0, beganMs + (count * MINUTE_MS) / perMinute - performance.now()));
        settled.push(await this.buy(count));
      }
    };
    await Promise.all(Array.from({ length: this.options.shoppers }, shopper));
    return settled;
  }

  /** Every authoring replica is killed; as many come after a while. */
  async closeOffices(forMs: number): Promise<void> {
    const closed = this.offices.splice(0);
    await Promise.all(closed.map((office) => office.kill('SIGKILL')));
    await delay(forMs);
    while (this.offices.length < closed.length) {
      this.offices.push(await this.fleet.add('authoring'));
    }
  }

  private async buy(count: number): Promise<SettledCheckout> {
    const { store, sku, checkouts, kills } = this.options;
    const email = `cut-${store}-${count}-${randomUUID()}@example.com`;
    const { held, cart } = await this.insist('fills a cart', (shop) =>
      fillCart(shop, store, [{ sku, quantity: 1 }], 'card', email),
    );
    const request: RawRequest = {
      method: 'POST',
      path: `/carts/${held.id}/checkout`,
      headers: withToken(held, randomUUID()),
      body: { expectedTotal: cart.total },
    };
    const cuts = this.random.between(1, MAX_CUTS);
    for (let cut = 0; cut < cuts; cut += 1) await this.cut(this.anyShop(), request);
    const isKilling = kills > 0 && count % Math.floor(checkouts / kills) === 0;
    if (isKilling) await this.inTurn(() => this.killDuring(request));
    const { id: orderId, number, payment } = await this.answered<CheckoutAnswer>(201, request);
    const clientSecret =
      payment?.nextAction?.kind === 'confirm'
        ? payment.nextAction.clientSecret
        : await this.paymentOf(number, held);
    const reference = clientSecret.replace(/_secret_.*$/, '');
    await this.pay(orderId, clientSecret, reference);
    return { cartId: held.id, orderId, email, reference };
  }

  /** The provider tells the shop twice; staff take the money, and lose the connection as well. */
  private async pay(orderId: string, clientSecret: string, reference: string): Promise<void> {
    this.provider.confirm(clientSecret, testCards.good);
    const [event] = this.provider.eventsOf('payment_intent.amount_capturable_updated', reference);
    for (let time = 0; time < 2; time += 1) {
      await this.insist('hears of a payment', async ({ url }) => {
        const status = await this.provider.deliver(event!, `${url}/api/v1/payments/webhooks/card`);
        if (status !== 200) throw new Error(`the message was answered with ${status}`);
      });
    }
    const capture: RawRequest = {
      method: 'POST',
      path: `/orders/${orderId}/payment/capture?store=${this.options.store}`,
      headers: {
        authorization: `Bearer ${this.staff.token ?? ''}`,
        'idempotency-key': randomUUID(),
      },
      body: {},
    };
    await this.insist('is about to take the money', () => this.cut(this.anyOffice(), capture));
    await this.insist('takes the money', () => this.send(this.anyOffice(), capture, 200));
  }

  /** A shopper who lost the answer to a checkout asks for the payment. */
  private paymentOf(number: string, held: HeldCart): Promise<string> {
    return this.insist('asks how to pay', async (shop) => {
      const { status, body } = await shop.call<CheckoutAnswer['payment']>(
        'POST',
        `/orders/${number}/payment`,
        { headers: withToken(held) },
      );
      const action = body?.nextAction;
      if (status !== 200 || action?.kind !== 'confirm') throw new Error(`payment: ${status}`);
      return action.clientSecret;
    });
  }

  private async cut({ url }: Pick<ReplicaClient, 'url'>, request: RawRequest): Promise<void> {
    const where = this.random.chance(0.5) ? 'request' : 'answer';
    const max = where === 'request' ? bytesOf(url, request).length : ANSWER_BYTES;
    this.cuts[where] += 1;
    await cutRequest(url, request, { in: where, afterBytes: this.random.between(0, max) });
  }

  /** The replica dies between the request and a moment after its answer; another one takes its place. */
  private async killDuring(request: RawRequest): Promise<void> {
    const [victim] = this.shops.splice(this.random.between(0, this.shops.length - 1), 1);
    if (victim === undefined) return;
    this.cuts.kill += 1;
    const answer = cutRequest(victim.url, request, { in: 'answer', afterBytes: ANSWER_BYTES });
    await delay(this.random.between(0, 20));
    await victim.kill('SIGKILL');
    await answer;
    this.shops.push(await this.fleet.add('commerce'));
  }

  /** One replica at a time is dead. */
  private inTurn(kill: () => Promise<void>): Promise<void> {
    this.lastKill = this.lastKill.then(kill);
    return this.lastKill;
  }

  private async answered<Body>(status: number, request: RawRequest): Promise<Body> {
    return this.insist(`is answered ${status}`, async (shop) => {
      return (await this.send<Body>(shop, request, status)).body;
    });
  }

  private async send<Body>(
    client: ReplicaClient,
    { method, path, headers, body }: RawRequest,
    status: number,
  ): Promise<Reply<Body>> {
    const call: Call = { headers, body, token: null };
    const reply = await client.call<Body>(method, path, call);
    if (reply.status === status) return reply;
    const said = `${method} ${path}: ${reply.status} ${JSON.stringify(reply.body)}`;
    if (!isRetryable(reply)) throw new Refused(said);
    throw new Error(said);
  }

  /** Again and again, each time on a replica that may be another one; what is refused for good stays so. */
  private async insist<T>(what: string, work: (shop: ReplicaClient) => Promise<T>): Promise<T> {
    const deadline = performance.now() + SETTLES_WITHIN_MS;
    for (;;) {
      try {
        return await work(this.anyShop());
      } catch (error) {
        if (error instanceof Refused) throw error;
        if (performance.now() > deadline) throw new Error(`not in time: ${what}`, { cause: error });
      }
      await delay(AGAIN_MS);
    }
  }

  private anyOffice(): ReplicaClient {
    return this.staff.at(this.random.pick(this.offices).url);
  }

  private anyShop(): ReplicaClient {
    return new ReplicaClient(this.random.pick(this.shops).url);
  }
}

/** Answered with something that a repetition does not change. */
class Refused extends Error {}

function isRetryable({ status, headers }: Reply<unknown>): boolean {
  return headers.has('retry-after') || status === 503;
}
