import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PrimaryReader, sql } from '#libs/database';
import { describeOnEachDatabase } from '#libs/testing';
import { addCustomer } from '../../../customers/test/add-customer.js';
import { BillingAddressEditor } from '../../../orders/src/authoring/editing/billing-address.editor.js';
import { someAddress } from '../../../stores/test/some-address.js';
import { BillingShop } from '../../test/billing-shop.js';

const PAD = { sku: 'PAD', priceMinor: 1_190, quantity: 2 };
const firm = { ...someAddress, name: 'Analytical Engines Ltd', street: 'Mill Lane 7' };
const refused = (because: string) => ({
  code: 'orders.action-refused',
  details: { action: 'edit', because },
});

describeOnEachDatabase('an order that is billed to another address', (open) => {
  let billing: BillingShop;

  beforeAll(async () => {
    billing = await BillingShop.start(open);
  });

  afterAll(() => billing?.close());

  const bill = (id: string, version: number, billingAddress = firm) =>
    billing.app
      .get(BillingAddressEditor)
      .replace(billing.at(id), version, { billingAddress, reason: 'she called' });
  const rowsAbout = async (id: string) =>
    billing.app.get(PrimaryReader).query<{ action: string; after_json: string }>(sql`
      SELECT action, after_json
      FROM audit_log
      WHERE entity = 'order' AND entity_id = ${id}
      ORDER BY id`);

  it('says so on its invoice, in its history and in the audit log, which hold no address', async () => {
    const { id } = await billing.place([PAD]);
    const { totalMinor, shippingAddress } = await billing.order(id);
    expect(await bill(id, 1)).toMatchObject({ version: 2, billingAddress: firm, totalMinor });
    expect(await billing.order(id)).toMatchObject({
      billingAddress: firm,
      shippingAddress,
      transitions: [
        { action: 'place' },
        { action: 'edit', reason: 'she called; another billing address' },
      ],
    });
    const [audited] = (await rowsAbout(id)).toReversed();
    expect(audited?.action).toBe('orders:order:edit');
    expect(audited?.after_json).toContain('another billing address');
    expect(JSON.stringify(await rowsAbout(id))).not.toContain(firm.street);
    await expect(bill(id, 1, someAddress)).rejects.toMatchObject({ code: 'http.stale-version' });
    await expect(bill(id, 2)).rejects.toMatchObject(refused('nothing-changed'));
    await billing.act(id, 'ship');
    const [invoice] = await billing.issue(id);
    expect(invoice?.content.billingAddress).toEqual(firm);
  });

  it('is so until it is billed, whatever has gone of it, and no longer', async () => {
    const { id } = await billing.place([PAD]);
    await billing.act(id, 'ship');
    expect(await bill(id, 2)).toMatchObject({ state: 'shipped', version: 3 });
    await billing.issue(id);
    await expect(bill(id, 3, someAddress)).rejects.toMatchObject(refused('billed'));
    expect(await billing.order(id)).toMatchObject({ version: 3, billingAddress: firm });
    const cancelled = await billing.place([PAD]);
    await billing.act(cancelled.id, 'cancel');
    await expect(bill(cancelled.id, 2)).rejects.toMatchObject({ code: 'orders.action-refused' });
  });

  it('agrees with its invoice, whoever bills and edits at once', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id } = await billing.place([PAD]);
      await billing.act(id, 'ship');
      const attempts = [() => bill(id, 2), () => billing.issue(id, billing.other)];
      const ordered = round % 2 === 0 ? attempts : attempts.toReversed();
      await Promise.allSettled(ordered.map((attempt) => attempt()));
      await billing.issue(id);
      const [invoice] = await billing.documents(id);
      const { billingAddress } = await billing.order(id);
      expect(invoice?.content.billingAddress).toEqual(billingAddress);
    }
  });

  it('is not so for a person who was erased', async () => {
    const { replica, store } = billing.shop;
    const { id: customerId } = await addCustomer(replica.unitOfWork, store);
    const { id } = await billing.place([PAD]);
    await replica.unitOfWork.run(async (tx) => {
      await tx.execute(sql`UPDATE sales_order SET customer_id = ${customerId} WHERE id = ${id}`);
      await tx.execute(sql`UPDATE customer SET erased_at = 2 WHERE id = ${customerId}`);
    });
    await expect(bill(id, 1)).rejects.toMatchObject({ code: 'customers.customer-not-found' });
  });
});
