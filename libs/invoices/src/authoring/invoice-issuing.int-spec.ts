import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { StoreEditor, StoreSettingsEditor } from '#authoring/stores';
import { DatabaseClock } from '#libs/database';
import { newId } from '#libs/kernel';
import { PaymentLedger } from '#libs/payments';
import { describeOnEachDatabase } from '#libs/testing';
import { OrderPaymentEditor } from '../../../orders/src/authoring/order-payment.editor.js';
import { PaymentReports } from '../../../payments/src/model/payment-reports.js';
import { BillingShop } from '../../test/billing-shop.js';
import { sumsOf } from '../model/invoice-sums.js';
import { InvoiceFiles } from '../model/page/invoice-files.js';
import { InvoiceIssuing } from './invoice-issuing.js';

const YEAR = new Date().getUTCFullYear();
const PAD = { sku: 'PAD', priceMinor: 1_190, quantity: 2 };
const DISC = { sku: 'DISC', priceMinor: 2_380, quantity: 1 };

describeOnEachDatabase('what is issued for an order', (open) => {
  let billing: BillingShop;
  let prefixes = 0;

  beforeAll(async () => {
    billing = await BillingShop.start(open);
  });

  afterAll(() => billing?.close());

  /** Numbers that begin at 1. */
  const freshSeries = async (sellerLines = ['Shop Ltd', 'Main Road 1']): Promise<string> => {
    const letter = String.fromCharCode(65 + prefixes);
    const { code } = billing.shop.store;
    await billing.app.get(StoreSettingsEditor).replace(code, 'invoicing', prefixes, {
      sellerLines,
      taxId: 'GB1',
      footerLines: [],
      invoicePrefix: `${letter}-`,
      creditNotePrefix: `${letter}X-`,
    });
    prefixes += 1;
    return letter;
  };
  const numbered = (prefix: string, count: number) =>
    `${prefix}-${YEAR}-${String(count).padStart(5, '0')}`;
  const refund = (id: string, amountMinor: number) =>
    billing.app.get(OrderPaymentEditor).act(billing.at(id), newId(), {
      act: 'refund',
      wish: { kind: 'amount', amountMinor },
      reason: 'a scratch',
    });

  it('is an invoice when an order on account ships, and not before', async () => {
    const { id, totalMinor } = await billing.place([PAD]);
    expect(await billing.issue(id)).toEqual([]);
    expect(await billing.jobs(id)).toBe(0);
    await billing.act(id, 'ship');
    expect(await billing.jobs(id)).toBe(1);
    const [invoice] = await billing.issue(id);
    expect(invoice).toMatchObject({ kind: 'invoice', orderId: id, totalMinor });
    expect(invoice?.content.taxes).toMatchObject([
      { code: 'vat', ratePpm: 190_000, netMinor: 2_412, amountMinor: 458 },
    ]);
    expect(invoice?.content.lines.map(({ kind, quantity }) => [kind, quantity])).toEqual([
      ['item', 2],
      ['shipping', null],
    ]);
  });

  it('is an invoice when money was taken, once for however many ask at once', async () => {
    const { id } = await billing.place([PAD], 'manual');
    await billing.act(id, 'confirm-payment');
    expect(await billing.jobs(id)).toBe(1);
    const issued = await Promise.all(
      Array.from({ length: 6 }, (_none, index) =>
        billing.issue(id, index % 2 === 0 ? undefined : billing.other),
      ),
    );
    expect(issued.flat()).toHaveLength(1);
    await billing.act(id, 'ship');
    expect(await billing.jobs(id)).toBe(1);
    expect(await billing.issue(id)).toEqual([]);
    expect(await billing.documents(id)).toHaveLength(1);
  });

  it('is what the order lacks once it is held, not what it lacked before', async () => {
    const { id } = await billing.place([PAD]);
    await billing.act(id, 'ship');
    const ledger = billing.app.get(PaymentLedger);
    const lock = ledger.lock.bind(ledger);
    // Somebody else has it first, and issues.
    ledger.lock = async (tx, orderId) => {
      ledger.lock = lock;
      await billing.app.get(InvoiceIssuing).issue(tx, orderId);
      return lock(tx, orderId);
    };
    expect(await billing.issue(id)).toEqual([]);
    expect(ledger.lock).toBe(lock);
    expect(await billing.documents(id)).toHaveLength(1);
  });

  it('takes numbers without gaps, whoever issues at once, and whatever rolls back', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 20; count += 1) {
      const { id } = await billing.place([{ ...PAD, quantity: 1 }]);
      await billing.act(id, 'ship');
      ids.push(id);
    }
    const prefix = await freshSeries();
    const failing = billing.shop.replica.unitOfWork.run(async (tx) => {
      const [lost] = await billing.app.get(InvoiceIssuing).issue(tx, ids[0] ?? '');
      expect(lost?.number).toBe(numbered(prefix, 1));
      throw new Error('after the number');
    });
    await expect(failing).rejects.toThrow('after the number');
    const issued = await Promise.all(
      ids.map((id, index) => billing.issue(id, index % 2 === 0 ? undefined : billing.other)),
    );
    const numbers = issued.flat().map(({ number }) => number);
    expect(numbers.toSorted()).toEqual(
      Array.from({ length: 20 }, (_none, index) => numbered(prefix, index + 1)),
    );
  });

  it('does not bill what was lost before, and credits what comes back later', async () => {
    const prefix = await freshSeries();
    const { id, totalMinor } = await billing.place([PAD, DISC]);
    const { lines } = await billing.order(id);
    const pad = lines.findIndex(({ sku }) => sku === 'PAD') + 1;
    await billing.cancel(id, [{ line: pad, quantity: 1 }]);
    await billing.act(id, 'ship');
    const [invoice] = await billing.issue(id);
    expect(invoice?.totalMinor).toBe(totalMinor - 1_190);
    expect(invoice?.content.deducted).toHaveLength(1);
    expect(await billing.issue(id)).toEqual([]);
    await billing.act(id, 'confirm-payment');
    await refund(id, 119);
    expect(await billing.issue(id)).toEqual([]);
    await billing.act(id, 'confirm-refund');
    const [note, ...more] = await billing.issue(id);
    expect(more).toEqual([]);
    expect(note).toMatchObject({
      kind: 'credit-note',
      number: numbered(`${prefix}X`, 1),
      totalMinor: 119,
      content: { invoiceNumber: invoice?.number, reason: 'a scratch', netMinor: 100, taxMinor: 19 },
    });
    await refund(id, (invoice?.totalMinor ?? 0) - 119);
    await billing.act(id, 'confirm-refund');
    await billing.issue(id);
    const documents = await billing.documents(id);
    const [billed, ...notes] = documents.map(({ content }) => sumsOf(content.lines));
    expect(notes).toHaveLength(2);
    expect(notes.reduce((sum, { netMinor }) => sum + netMinor, 0)).toBe(billed?.netMinor);
    expect(notes.reduce((sum, { taxMinor }) => sum + taxMinor, 0)).toBe(billed?.taxMinor);
  });

  it('is nothing for an order that was cancelled before', async () => {
    const { id } = await billing.place([PAD], 'manual');
    await billing.act(id, 'confirm-payment');
    await billing.act(id, 'cancel');
    await billing.act(id, 'confirm-refund');
    expect(await billing.issue(id)).toEqual([]);
  });

  it('credits an order that is cancelled afterwards whole', async () => {
    const { id, totalMinor } = await billing.place([PAD], 'manual');
    await billing.act(id, 'confirm-payment');
    const [invoice] = await billing.issue(id);
    await billing.act(id, 'cancel');
    await billing.act(id, 'confirm-refund');
    const clock = billing.app.get(DatabaseClock);
    const wallMs = clock.wallMs.bind(clock);
    // As on a replica whose reading of the time is behind.
    clock.wallMs = () => (invoice?.issuedAt ?? 0) - 5;
    const [note] = await billing.issue(id).finally(() => (clock.wallMs = wallMs));
    expect(await billing.documents(id)).toEqual([invoice, note]);
    expect(note?.totalMinor).toBe(totalMinor);
    expect(note?.content.taxes).toEqual(invoice?.content.taxes);
  });

  it('does not credit what a provider took beyond what was billed', async () => {
    const { id, totalMinor } = await billing.place([PAD, DISC]);
    await billing.cancel(id, [{ line: 1, quantity: 1 }]);
    await billing.shop.replica.unitOfWork.run(async (tx) =>
      billing.app.get(PaymentReports).takePayment(tx, {
        of: await billing.app.get(PaymentLedger).get(tx, id),
        sight: {
          reference: `pi_${id}`,
          report: { kind: 'captured', amountMinor: totalMinor },
          failureCode: null,
        },
      }),
    );
    await billing.act(id, 'confirm-refund');
    const issued = await billing.issue(id);
    expect(issued.map(({ kind }) => kind)).toEqual(['invoice']);
    expect(issued[0]?.totalMinor).toBeLessThan(totalMinor);
  });

  it('keeps what it says whatever becomes of the shop', async () => {
    await freshSeries(['Old Ltd', 'Old Road 1']);
    const { id } = await billing.place([PAD]);
    // What was agreed counts, although it is billed later.
    await billing.charge(70_000);
    await billing.act(id, 'ship');
    const [invoice] = await billing.issue(id);
    expect(invoice?.content.taxes).toMatchObject([{ ratePpm: 190_000, amountMinor: 458 }]);
    const files = billing.app.get(InvoiceFiles);
    const before = await billing.documents(id);
    const [page] = before.map((document) => files.html(document));
    expect(page).toContain('Old Road 1');
    const { code, version } = billing.shop.store;
    await billing.app.get(StoreEditor).update(code, version, { name: 'Renamed' });
    await freshSeries(['New Ltd', 'New Road 2']);
    await billing.act(id, 'confirm-payment');
    await refund(id, 119);
    await billing.act(id, 'confirm-refund');
    const [note] = await billing.issue(id);
    const [first, ...more] = await billing.documents(id);
    expect([first]).toEqual(before);
    expect(first && files.html(first)).toBe(page);
    // What is issued later says who sells now, and gives back what was charged then.
    expect(more).toEqual([note]);
    expect(note?.content).toMatchObject({
      storeName: 'Renamed',
      seller: { sellerLines: ['New Ltd', 'New Road 2'] },
      invoiceNumber: invoice?.number,
      taxes: [{ ratePpm: 190_000, netMinor: 100, amountMinor: 19 }],
    });
    await billing.charge(190_000);
  });
});
