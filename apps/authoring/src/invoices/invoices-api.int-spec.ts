import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { ordersAuthoringSlice } from '#authoring/orders';
import { JobsAuthoringModule } from '#authoring/jobs';
import { MailAuthoringModule } from '#authoring/mail';
import { sql } from '#libs/database';
import type { Page } from '#libs/http';
import { invoicesSlice, type Invoice } from '#libs/invoices';
import { JobsModule } from '#libs/jobs';
import { newId } from '#libs/kernel';
import { MailAttachments, mailSlice } from '#libs/mail';
import {
  describeOnEachDatabase,
  startRedis,
  type DatabaseFixture,
  type RedisFixture,
} from '#libs/testing';
import { addCustomer } from '../../../../libs/customers/test/add-customer.js';
import { IssueInvoicesHandler } from '../../../../libs/invoices/src/authoring/issue-invoices.handler.js';
import { BillingShop } from '../../../../libs/invoices/test/billing-shop.js';
import { pdfText } from '../../../../libs/mail/test/pdf-text.js';
import { WriteOrderMailHandler } from '../../../../libs/orders/src/authoring/mails/write-order-mail.handler.js';
import { StaffAccounts } from '../../../../test/support/staff-accounts.js';
import { startStaffReplica, type StaffReplica } from '../../../../test/support/staff-replica.js';
import { IdentityApiModule } from '../identity/identity-api.module.js';
import { OrdersApiModule } from '../orders/orders-api.module.js';
import type { InvoiceAnswer } from './invoice.schemas.js';
import { InvoicesApiModule } from './invoices-api.module.js';

const PAD = { sku: 'PAD', priceMinor: 1_190, quantity: 1 };

@Module({
  imports: [
    JobsModule.forRoot({
      contracts: [...mailSlice.jobs, ...invoicesSlice.jobs, ...ordersAuthoringSlice.jobs],
    }),
    JobsAuthoringModule.forRoot(),
    MailAuthoringModule,
    InvoicesApiModule,
    OrdersApiModule,
  ],
})
class InvoicesWithApi {}

describeOnEachDatabase('the invoices API', (open) => {
  let redis: RedisFixture;
  let database: DatabaseFixture;
  let billing: BillingShop;
  let replica: StaffReplica;
  let token: string;
  let store: string;
  let other: string;

  beforeAll(async () => {
    [redis, database] = await Promise.all([startRedis(), open()]);
    billing = await BillingShop.start(async () => ({
      ...database,
      remove: () => Promise.resolve(),
    }));
    store = billing.shop.store.code;
    other = (await billing.shop.replica.addStore()).code;
    replica = await startStaffReplica({
      name: 'a',
      redisUrl: redis.url,
      databaseUrl: database.url,
      modules: [IdentityApiModule, InvoicesWithApi],
      env: { JOBS_WORKER: 'false' },
    });
    token = await replica.signIn();
  });

  afterAll(async () => {
    await replica?.stop();
    await billing?.close();
    await redis?.stop();
    await database?.remove();
  });

  const issued = async (): Promise<Invoice> => {
    const { id } = await billing.place([PAD]);
    await billing.act(id, 'ship');
    const [invoice] = await billing.issue(id);
    if (invoice === undefined) throw new Error('nothing was issued');
    return invoice;
  };

  const get = <Body>(path: string, as = token) =>
    replica.call<Body>('GET', `/invoices${path}`, { token: as });

  const file = (path: string, of = '/invoices') =>
    fetch(`${replica.url}/api/v1${of}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });

  const resend = (id: string, key: string, { as = token, of = store } = {}) =>
    replica.call('POST', `/invoices/${id}/resend?store=${of}`, {
      token: as,
      headers: { 'idempotency-key': key },
    });

  const mailsOf = ({ id }: Invoice) =>
    billing.shop.replica.unitOfWork.run((tx) =>
      tx.query<{ recipient: string }>(sql`SELECT recipient FROM mail WHERE attachment_id = ${id}`),
    );

  const belongTo = ({ orderId }: Invoice, customerId: string | null) =>
    billing.shop.replica.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE sales_order SET customer_id = ${customerId} WHERE id = ${orderId}`),
    );

  it('finds documents by what staff know of them, and shows them as page and PDF', async () => {
    const invoice = await issued();
    const queries = [`number=${invoice.number}`, `order=${invoice.orderId}`];
    for (const query of queries) {
      const { body } = await get<Page<InvoiceAnswer>>(`?store=${store}&kind=invoice&${query}`);
      expect(body.items).toMatchObject([{ id: invoice.id, number: invoice.number }]);
    }
    expect((await get(`/${invoice.id}?store=${store}`)).body).toMatchObject({
      kind: 'invoice',
      total: { amount: invoice.totalMinor, currency: 'EUR' },
    });
    const pdf = await file(`/${invoice.id}/pdf?store=${store}`);
    expect(pdf.headers.get('cache-control')).toBe('no-store');
    expect(pdf.headers.get('content-disposition')).toContain(`${invoice.number}.pdf`);
    expect(await pdfText(new Uint8Array(await pdf.arrayBuffer()))).toContain(invoice.number);
    const html = await file(`/${invoice.id}/html?store=${store}`);
    expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await html.text()).toContain(invoice.number);
  });

  it('sends a document once, however often its job runs, with the file that staff see', async () => {
    const { id } = await billing.place([PAD]);
    await billing.act(id, 'ship');
    for (let time = 0; time < 2; time += 1) {
      await billing.run(billing.app.get(IssueInvoicesHandler), { orderId: id });
    }
    const [invoice, ...more] = await billing.documents(id);
    expect(more).toEqual([]);
    const mails = await billing.shop.replica.unitOfWork.run((tx) =>
      tx.query<{ attachment_source: string; attachment_id: string }>(sql`
        SELECT attachment_source, attachment_id
        FROM mail
        WHERE kind = 'invoice' AND subject LIKE ${`%${invoice?.number}`}`),
    );
    expect(mails).toHaveLength(1);
    const [{ attachment_source: source, attachment_id: of }] = mails as [(typeof mails)[0]];
    const attached = await replica.app.get(MailAttachments).load({ source, id: of });
    expect(attached).toMatchObject({
      filename: `${invoice?.number}.pdf`,
      contentType: 'application/pdf',
    });
    const pdf = await file(`/${invoice?.id}/pdf?store=${store}`);
    expect(attached.content.equals(Buffer.from(await pdf.arrayBuffer()))).toBe(true);
  });

  it('sends the confirmation of an order with the file that staff see', async () => {
    const { id, number } = await billing.place([PAD]);
    const handler = billing.app.get(WriteOrderMailHandler);
    await billing.run(handler, { orderId: id, mail: 'confirmation', sequence: 1 });
    const mails = await billing.shop.replica.unitOfWork.run((tx) =>
      tx.query<{ attachment_source: string }>(sql`
        SELECT attachment_source
        FROM mail
        WHERE kind = 'order-confirmation' AND attachment_id = ${id}`),
    );
    const [{ attachment_source: source }] = mails as [(typeof mails)[0]];
    const attached = await replica.app.get(MailAttachments).load({ source, id });
    const contentType = 'application/pdf';
    expect(attached).toMatchObject({ filename: `${number}.pdf`, contentType });
    const path = `/${id}/confirmation`;
    const pdf = await file(`${path}?store=${store}`, '/orders');
    expect(pdf.headers.get('cache-control')).toBe('no-store');
    const bytes = Buffer.from(await pdf.arrayBuffer());
    expect(attached.content.equals(bytes)).toBe(true);
    const text = await pdfText(new Uint8Array(bytes));
    for (const part of [`Order ${number}`, '1 ×', 'Product pad', 'Billed to', '1 / 1']) {
      expect(text).toContain(part);
    }
    const stranger = await file(`${path}?store=${other}`, '/orders');
    expect(stranger.status).toBe(404);
  });

  it('finds nothing of another store, and sends nothing of it', async () => {
    const invoice = await issued();
    for (const path of [`/${invoice.id}`, `/${invoice.id}/pdf`, `/${invoice.id}/html`]) {
      expect(await get(`${path}?store=${other}`)).toMatchObject({
        status: 404,
        body: { code: 'invoices.not-found' },
      });
    }
    expect((await get<Page<InvoiceAnswer>>(`?store=${other}`)).body.items).toEqual([]);
    const before = await mailsOf(invoice);
    expect((await resend(invoice.id, newId(), { of: other })).status).toBe(404);
    expect(await mailsOf(invoice)).toEqual(before);
  });

  it('sends a document once more for a key, and tells who asked', async () => {
    const invoice = await issued();
    const before = (await mailsOf(invoice)).length;
    const key = newId();
    for (let time = 0; time < 2; time += 1) {
      expect(await resend(invoice.id, key)).toMatchObject({
        status: 202,
        body: { number: invoice.number },
      });
    }
    expect(await mailsOf(invoice)).toHaveLength(before + 1);
    const audited = await billing.shop.replica.unitOfWork.run((tx) =>
      tx.query(
        sql`SELECT actor_id
            FROM audit_log
            WHERE action = 'invoices:invoice:resend' AND entity_id = ${invoice.id}`,
      ),
    );
    expect(audited).toHaveLength(1);
  });

  it('lets those send who may, and those see who may', async () => {
    const invoice = await issued();
    const accounts = new StaffAccounts(replica, token);
    const reader = await accounts.createUser('reader', ['invoices:invoice:read']);
    const stranger = await accounts.createUser('stranger', ['mail:mail:read']);
    expect((await get(`/${invoice.id}?store=${store}`, reader.token)).status).toBe(200);
    expect((await resend(invoice.id, newId(), { as: reader.token })).status).toBe(403);
    expect((await get(`/${invoice.id}?store=${store}`, stranger.token)).status).toBe(403);
    expect((await get(`/${invoice.id}/pdf?store=${store}`, stranger.token)).status).toBe(403);
  });

  it('writes no more of an order to a person who was erased, and keeps the document', async () => {
    const invoice = await issued();
    const erased = await addCustomer(billing.shop.replica.unitOfWork, billing.shop.store, {
      erased_at: 1,
    });
    await belongTo(invoice, erased.id);
    const before = await mailsOf(invoice);
    expect(await resend(invoice.id, newId())).toMatchObject({
      status: 409,
      body: { code: 'invoices.recipient-erased' },
    });
    expect(await mailsOf(invoice)).toEqual(before);
    const shipped = { orderId: invoice.orderId, mail: 'shipped', sequence: 2 } as const;
    const mails = () =>
      billing.shop.replica.unitOfWork.run((tx) =>
        tx.query(sql`SELECT id FROM mail WHERE dedupe_key LIKE ${`%${invoice.orderId}%`}`),
      );
    await billing.run(billing.app.get(WriteOrderMailHandler), shipped);
    expect(await mails()).toEqual([]);
    await belongTo(invoice, null);
    await billing.run(billing.app.get(WriteOrderMailHandler), shipped);
    expect(await mails()).toHaveLength(1);
    expect((await get(`/${invoice.id}?store=${store}`)).status).toBe(200);
  });
});
