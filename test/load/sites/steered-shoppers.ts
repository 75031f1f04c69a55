import { randomUUID } from 'node:crypto';
import { delay } from '#libs/kernel';
import type { CheckoutAnswer } from '../../../apps/commerce/src/carts/cart.schemas.js';
import { ReplicaClient } from '../../support/replica-client.js';
import { checkout, fillCart } from '../../support/shop-client.js';
import type { SiteResolver } from './site-resolver.js';

export interface SteeredOrder {
  readonly email: string;
  /** Of the site that answered the checkout. */
  readonly address: string;
  readonly answeredMs: number;
  readonly awaits: CheckoutAnswer['awaits'];
}

export interface SteeredShoppersOptions {
  readonly port: number;
  readonly store: string;
  readonly sku: string;
  /** Their addresses begin with it. */
  readonly prefix: string;
}

/** Longer than a site waits for a database that takes no writes. */
const GIVE_UP_MS = 15_000;
const PACE_MS = 300;
const AGAIN_MS = 500;
/** What is under way when they stop has so long to be answered. */
const SETTLES_WITHIN_MS = 60_000;

/**
 * Shoppers who buy one thing after another at the site that DNS names. A checkout that nobody has answered is sent
 * again, under its key, to whatever site is named then, until it is answered.
 */
export class SteeredShoppers {
  readonly orders: SteeredOrder[] = [];
  /** Requests that were not answered, or answered with "later". */
  refused = 0;
  private giveUpAtMs = Infinity;
  private readonly loops: readonly Promise<void>[];

  constructor(
    resolvers: readonly SiteResolver[],
    private readonly options: SteeredShoppersOptions,
  ) {
    this.loops = resolvers.map((resolver) => this.buy(resolver));
    // `stop` tells.
    for (const loop of this.loops) loop.catch(() => undefined);
  }

  /** Resolves when every checkout that was begun is answered; rejects when one is not. */
  async stop(): Promise<void> {
    this.giveUpAtMs = performance.now() + SETTLES_WITHIN_MS;
    await Promise.all(this.loops);
  }

  private async buy(resolver: SiteResolver): Promise<void> {
    const { store, sku, prefix } = this.options;
    while (this.giveUpAtMs === Infinity) {
      const email = `${prefix}${randomUUID()}@example.com`;
      const { shop } = await this.shopNow(resolver);
      // A cart of which nothing is heard is left behind.
      const filled = await fillCart(shop, store, [{ sku, quantity: 1 }], 'manual', email).catch(
        () => undefined,
      );
      if (filled === undefined) await this.again();
      else await this.order(resolver, email, filled);
      await delay(PACE_MS);
    }
  }

  private async order(
    resolver: SiteResolver,
    email: string,
    { held, cart }: Awaited<ReturnType<typeof fillCart>>,
  ): Promise<void> {
    const key = randomUUID();
    for (;;) {
      const { shop, address } = await this.shopNow(resolver);
      const reply = await checkout(shop, held, cart.total, key).catch(() => undefined);
      if (reply?.status === 201) {
        const { awaits } = reply.body;
        this.orders.push({ email, address, answeredMs: performance.now(), awaits });
        return;
      }
      const isLater =
        reply === undefined || reply.status >= 500 || reply.headers.has('retry-after');
      if (!isLater || performance.now() > this.giveUpAtMs) {
        throw new Error(`a checkout: ${reply?.status} ${JSON.stringify(reply?.body)}`);
      }
      await this.again();
    }
  }

  private async again(): Promise<void> {
    this.refused += 1;
    await delay(AGAIN_MS);
  }

  private async shopNow(resolver: SiteResolver) {
    const address = await resolver.address();
    const url = `http://${address}:${this.options.port}`;
    return { address, shop: new ReplicaClient(url, undefined, GIVE_UP_MS) };
  }
}
