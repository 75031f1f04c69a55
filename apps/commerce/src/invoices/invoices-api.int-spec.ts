import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '#libs/config';
import { sql, type Transaction } from '#libs/database';
import { createReplicaApp } from '#libs/http';
import type { Invoice } from '#libs/invoices';
import {
  describeOnEachDatabase,
  PATIENT_READS,
  startRedis,
  type DatabaseFixture,
  type RedisFixture,
} from '#libs/testing';
import { ShopperSessionRepository } from '../../../../libs/customers/src/storefront/shopper-session.repository.js';
import { addCustomer } from '../../../../libs/customers/test/add-customer.js';
import { BillingShop } from '../../../../libs/invoices/test/billing-shop.js';
import { pdfText } from '../../../../libs/mail/test/pdf-text.js';
import { writeOrderLink } from '../../../../libs/orders/src/model/links/order-link.js';
import { OrderLinks } from '../../../../libs/orders/src/model/links/order-links.js';
import { CommerceModule } from '../commerce.module.js';
import type { InvoiceList } from './invoice.schemas.js';

const PAD = { sku: 'PAD', priceMinor: 1_190, quantity: 1 };

type Headers = Readonly<Record<string, string>>;

interface Billed {
  readonly number: string;
  readonly token: string;
  readonly invoice: Invoice;
}

describeOnEachDatabase('the documents of an order in the shop', (open) => {
  let redis: RedisFixture;
  let database: DatabaseFixture;
  let billing: BillingShop;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    [redis, database] = await Promise.all([startRedis(), open()]);
    billing = await BillingShop.start(async () => ({
      ...database,
      remove: () => Promise.resolve(),
    }));
    const environment = {
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'silent',
      ...PATIENT_READS,
    };
    app = await createReplicaApp(loadConfig(environment, 'commerce'), { module: CommerceModule });
  });

  afterAll(async () => {
    await app?.close();
    await billing?.close();
    await redis?.stop();
    await database?.remove();
  });

  const write = <Result>(work: (tx: Transaction) => Promise<Result>) =>
    billing.shop.replica.unitOfWork.run(work);

  const billed = async (): Promise<Billed> => {
    const { id, number, token } = await billing.place([PAD]);
    await billing.act(id, 'ship');
    const [invoice] = await billing.issue(id);
    if (invoice === undefined) throw new Error('nothing was issued');
    return { number, token, invoice };
  };

  const ask = (path: string, headers: Headers) =>
    app.inject({ url: `/api/v1/orders/${path}`, headers: { ...headers } });

  const pathsOf = ({ number, invoice: { id } }: Billed) =>
    ['', `/${id}/pdf`, `/${id}/html`].map((rest) => `${number}/invoices${rest}`);

  const confirmationOf = ({ number }: Pick<Billed, 'number'>) => `${number}/confirmation`;

  const holding = (token: string) => ({ 'lockstep-cart-token': token });
  const linked = (link: string) => ({ 'lockstep-order-link': link });

  /** Somebody who is signed in. */
  const signedIn = async () => {
    const { id } = await addCustomer(billing.shop.replica.unitOfWork, billing.shop.store);
    const opening = { customerId: id, device: null, now: Date.now() };
    const { token } = await write((tx) => new ShopperSessionRepository().open(tx, opening));
    return { id, headers: { authorization: `Bearer ${token}` } };
  };

  const linkUntil = (orderId: string, expiresAt: number) =>
    write(async (tx) => {
      const [key] = await tx.query<{ id: string; signing_key: string }>(
        sql`SELECT id, signing_key FROM order_link_key`,
      );
      return writeOrderLink(
        { orderId, expiresAt },
        { id: key?.id ?? '', signingKey: key?.signing_key ?? '' },
      );
    });

  const expectOpened = async (billedOrder: Billed, headers: Headers) => {
    const { invoice } = billedOrder;
    const [list = '', pdf = '', html = ''] = pathsOf(billedOrder);
    const listed = await ask(list, headers);
    expect([listed.statusCode, listed.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(listed.json<InvoiceList>().items).toMatchObject([
      { id: invoice.id, kind: 'invoice', total: { amount: invoice.totalMinor, currency: 'EUR' } },
    ]);
    const file = await ask(pdf, headers);
    expect(file.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${invoice.number}.pdf"`,
    });
    expect(await pdfText(file.rawPayload)).toContain(invoice.number);
    const page = await ask(html, headers);
    expect(page.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(page.body).toContain(invoice.number);
    const confirmation = await ask(confirmationOf(billedOrder), headers);
    expect(confirmation.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${billedOrder.number}.pdf"`,
    });
    expect(await pdfText(confirmation.rawPayload)).toContain(`Order ${billedOrder.number}`);
  };

  const expectClosed = async (paths: readonly string[], headers: Headers, code: string) => {
    for (const path of paths) {
      const answer = await ask(path, headers);
      expect([path, answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
        path,
        404,
        code,
      ]);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  };

  it('are for a guest with the token of the cart, or with the link of the mail until it expires', async () => {
    const [mine, other] = [await billed(), await billed()];
    const { orderId } = mine.invoice;
    const link = await write((tx) => billing.app.get(OrderLinks).sign(tx, orderId));
    const withoutKeys = write(async (tx) => {
      await tx.execute(sql`DELETE FROM order_link_key`);
      return billing.app.get(OrderLinks).sign(tx, orderId);
    });
    await expect(withoutKeys).rejects.toMatchObject({
      code: 'orders.no-link-key',
      family: 'defect',
    });
    await expectOpened(mine, linked(link));
    await expectOpened(mine, holding(mine.token));
    const nowSeconds = Math.floor(Date.now() / 1_000);
    await expectOpened(mine, linked(await linkUntil(orderId, nowSeconds + 600)));
    const refused = [
      linked(await linkUntil(orderId, nowSeconds - 600)),
      linked(await write((tx) => billing.app.get(OrderLinks).sign(tx, other.invoice.orderId))),
      linked(`${link.slice(0, -3)}AAA`),
      // A link that opens nothing is not made good by a token that would.
      { ...linked(''), ...holding(mine.token) },
      holding(other.token),
      {},
    ];
    for (const headers of refused) {
      const paths = [...pathsOf(mine), confirmationOf(mine)];
      await expectClosed(paths, headers, 'orders.order-not-found');
    }
  });

  it('are for the customer whose order it is, while signed in', async () => {
    const [mine, guests] = [await billed(), await billed()];
    const [owner, stranger] = [await signedIn(), await signedIn()];
    const { orderId } = mine.invoice;
    await write((tx) =>
      tx.execute(sql`UPDATE sales_order SET customer_id = ${owner.id} WHERE id = ${orderId}`),
    );
    await expectOpened(mine, owner.headers);
    for (const headers of [stranger.headers, holding(mine.token), {}]) {
      const paths = [...pathsOf(mine), confirmationOf(mine)];
      await expectClosed(paths, headers, 'orders.order-not-found');
    }
    await expectClosed(pathsOf(guests), owner.headers, 'orders.order-not-found');
    for (const path of pathsOf(mine)) {
      const ended = await ask(path, { authorization: `Bearer lss_${'x'.repeat(43)}` });
      expect([path, ended.statusCode]).toEqual([path, 401]);
    }
  });

  it('are those of the order alone, whatever else its owner may open', async () => {
    const [mine, other] = [await billed(), await billed()];
    const crossed = pathsOf({ ...mine, invoice: other.invoice }).slice(1);
    await expectClosed(crossed, holding(mine.token), 'invoices.not-found');
  });
});
