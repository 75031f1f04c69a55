import { StockEditor } from '#authoring/inventory';
import { RuntimeSettingEditor } from '#authoring/scaling';
import { CartEditor, type CartAddress } from '#libs/carts';
import { loadConfig } from '#libs/config';
import { DatabaseClock, PrimaryReader, sql, UnitOfWork, type Transaction } from '#libs/database';
import { createReplicaApp } from '#libs/http';
import { newId } from '#libs/kernel';
import { Metrics } from '#libs/observability';
import { StoreReader, type Store } from '#libs/stores';
import {
  PATIENT_READS,
  startRedis,
  type DatabaseFixture,
  type OpenDatabaseFixture,
  type RedisFixture,
} from '#libs/testing';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { commerceReplica } from '../../apps/commerce/src/commerce.replica.js';
import { customersTags } from '../../libs/customers/src/model/customers.tags.js';
import { ShopperSessionRepository } from '../../libs/customers/src/storefront/shopper-session.repository.js';
import { addCustomer } from '../../libs/customers/test/add-customer.js';
import { OrderDirectory } from '../../libs/orders/src/authoring/order.directory.js';
import { OrderEditor } from '../../libs/orders/src/authoring/order.editor.js';
import { OrderShop } from '../../libs/orders/test/order-shop.js';
import { RuntimeSettingsLookup } from '../../libs/scaling/src/model/settings/runtime-settings-lookup.js';
import { PushClient } from './push-client.js';

/** Two replicas of a storefront, and the clients that are connected to them. */
export class LiveShop {
  private readonly clients: PushClient[] = [];

  private constructor(
    readonly redis: RedisFixture,
    private readonly database: DatabaseFixture,
    /** Staff's side of the same database, on a Redis of its own: no hint of it reaches the storefront. */
    readonly shop: OrderShop,
    readonly a: NestFastifyApplication,
    readonly b: NestFastifyApplication,
  ) {}

  static async start(open: OpenDatabaseFixture): Promise<LiveShop> {
    const [redis, database] = await Promise.all([startRedis(), open()]);
    const shop = await OrderShop.start(async () => ({
      ...database,
      remove: () => Promise.resolve(),
    }));
    const start = async (name: string): Promise<NestFastifyApplication> => {
      const environment = {
        DATABASE_URL: database.url,
        REDIS_URL: redis.url,
        REPLICA_ID: name,
        LOG_LEVEL: 'silent',
        ...PATIENT_READS,
      };
      const app = await createReplicaApp(loadConfig(environment, 'commerce'), commerceReplica);
      await app.listen({ port: 0, host: '127.0.0.1' });
      return app;
    };
    return new LiveShop(redis, database, shop, await start('a'), await start('b'));
  }

  async stop(): Promise<void> {
    await Promise.all([this.a.close(), this.b.close(), this.shop.replica.close()]);
    await this.redis.stop();
    await this.database.remove();
  }

  disconnectAll(): void {
    for (const client of this.clients.splice(0)) client.close();
  }

  async connect(
    app: NestFastifyApplication,
    auth: Readonly<Record<string, unknown>>,
  ): Promise<PushClient> {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const client = await PushClient.connect(`http://127.0.0.1:${port}`, auth);
    this.clients.push(client);
    return client;
  }

  /** `connected`, or the code of why not. */
  async outcome(
    app: NestFastifyApplication,
    auth: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    return this.connect(app, auth).then(
      () => 'connected',
      (error: { data?: { code?: string }; message: string }) => error.data?.code ?? error.message,
    );
  }

  /** A unit of work of the first replica. */
  write<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.a.get(UnitOfWork).run(work);
  }

  sight({ code }: Store = this.shop.store) {
    return this.a.get(StoreReader, { strict: false }).sight(code, 'en', 'EUR');
  }

  async newCart(store: Store = this.shop.store): Promise<CartAddress> {
    const carts = this.a.get(CartEditor, { strict: false });
    const { token, cart } = await carts.create(await this.sight(store));
    return { id: cart.cart.id, token };
  }

  /** A cart of a guest, who watches it from the second replica. */
  async watchedCart(): Promise<{ readonly cart: CartAddress; readonly guest: PushClient }> {
    const cart = await this.newCart();
    const guest = await this.connect(this.b, { cart });
    await guest.watch({ carts: [{ id: cart.id }] });
    return { cart, guest };
  }

  /** On the first replica. */
  async change(held: CartAddress, email: string): Promise<void> {
    await this.a.get(CartEditor, { strict: false }).setDetails(held, undefined, { email });
  }

  async signIn() {
    const { id } = await addCustomer(this.shop.replica.unitOfWork, this.shop.store);
    const opening = { customerId: id, device: null, now: Date.now() };
    const { token } = await this.write((tx) => new ShopperSessionRepository().open(tx, opening));
    return { id, token, owner: { customerId: id, storeId: this.shop.store.id } };
  }

  /** As staff block a customer, by whatever replica. */
  block(id: string): Promise<void> {
    return this.write(async (tx) => {
      await tx.execute(sql`UPDATE customer SET is_blocked = 1 WHERE id = ${id}`);
      tx.invalidate(customersTags.customer(id));
    });
  }

  /** An order of a guest. */
  placed() {
    const ware = { sku: `P${newId().slice(-8)}`, priceMinor: 1_190, quantity: 1 };
    return this.shop.place([ware], 'manual');
  }

  /** As staff do it. */
  async cancel(orderId: string): Promise<void> {
    const { app, store } = this.shop;
    const { version } = await app.get(OrderDirectory).get(store.code, orderId);
    const address = { storeCode: store.code, id: orderId };
    await app.get(OrderEditor).act(address, version, { action: 'cancel', reason: null });
  }

  /** A product with one variant that is in stock, at version 1 of its stock. */
  async addProduct() {
    const sku = `S${newId().slice(-8)}`;
    await this.shop.basket([{ sku, priceMinor: 1_190, quantity: 1 }], 'manual');
    const [row] = await this.write((tx) =>
      tx.query<{ id: string; product_id: string }>(sql`
        SELECT id, product_id
        FROM product_variant
        WHERE store_id = ${this.shop.store.id} AND sku = ${sku}`),
    );
    return { productId: row?.product_id ?? '', variantId: row?.id ?? '' };
  }

  async setStock(
    ids: { readonly productId: string; readonly variantId: string },
    version: number,
    onHand: number,
  ): Promise<void> {
    const stated = { onHand, isTracked: true, allowsBackorder: false };
    const address = { storeCode: this.shop.store.code, ...ids };
    await this.shop.app.get(StockEditor).set(address, version, stated);
  }

  /** As staff switch live push on and off, for all replicas. */
  async switchPush(isOn: boolean): Promise<void> {
    const settings = new RuntimeSettingEditor(
      this.a.get(UnitOfWork),
      this.a.get(PrimaryReader),
      this.a.get(RuntimeSettingsLookup, { strict: false }),
      this.a.get(DatabaseClock),
    );
    await settings.set('livePush', isOn);
  }

  /** What the second replica has got from Redis and not heard. */
  async ignored(): Promise<number> {
    const { body } = await this.b.get(Metrics).render();
    const counts = body.matchAll(/lockstep_push_ignored_total\{[^}]*\} (\d+)/g);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }
}
