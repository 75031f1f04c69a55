import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { openMinor } from '#libs/payments';
import { describeOnEachDatabase } from '#libs/testing';
import { OrderEditEditor } from '../../../orders/src/authoring/editing/order-edit.editor.js';
import { OrderEditPlanning } from '../../../orders/src/authoring/editing/order-edit-planning.js';
import { OrderMoney } from '../../../orders/test/order-money.js';
import { BillingShop } from '../../test/billing-shop.js';
import { sumsOf } from '../model/invoice-sums.js';
import type { Invoice } from '../model/invoice.js';

const PAD = { sku: 'PAD', priceMinor: 1_190, quantity: 2 };
const DISC = { sku: 'DISC', priceMinor: 2_380, quantity: 1 };

describeOnEachDatabase('what is issued for an order that became more than was paid', (open) => {
  let billing: BillingShop;
  let money: OrderMoney;

  beforeAll(async () => {
    billing = await BillingShop.start(open);
    money = new OrderMoney(billing.shop);
  });

  afterAll(() => billing?.close());

  /** Two pads that were paid; discs are sold as well. */
  const paid = async () => {
    await billing.shop.basket([DISC], 'manual');
    const { id } = await billing.place([PAD], 'manual');
    await billing.act(id, 'confirm-payment');
    return id;
  };
  const edit = async (id: string, pads: number, discs: number) => {
    const items = [
      { sku: 'PAD', quantity: pads },
      { sku: 'DISC', quantity: discs },
    ].filter(({ quantity }) => quantity > 0);
    const wanted = { items, agreedPrices: [], reason: 'she called' };
    const { order, planned } = await billing.app
      .get(OrderEditPlanning)
      .quote(billing.at(id), wanted);
    return billing.app.get(OrderEditEditor).edit(billing.at(id), wanted, {
      key: newId(),
      version: order.version,
      expectedTotal: { amount: planned.totalMinor, currency: 'EUR' },
    });
  };
  /** What all documents of an order come to, of each rate too. */
  const billed = async (id: string) => {
    const documents = await billing.documents(id);
    const linesOf = (kind: Invoice['kind']) =>
      documents.filter((each) => each.kind === kind).flatMap(({ content }) => content.lines);
    const [invoices, notes] = [sumsOf(linesOf('invoice')), sumsOf(linesOf('credit-note'))];
    const taxOf = (ratePpm: number) => {
      const of = ({ taxes }: typeof invoices) =>
        taxes.find((tax) => tax.ratePpm === ratePpm)?.amountMinor ?? 0;
      return of(invoices) - of(notes);
    };
    return { totalMinor: invoices.totalMinor - notes.totalMinor, taxOf };
  };
  /** The documents say exactly what is agreed. */
  const expectAgreed = async (id: string) => {
    const [order, { totalMinor, taxOf }] = [await billing.order(id), await billed(id)];
    expect(totalMinor).toBe(order.totalMinor);
    for (const { ratePpm, amountMinor } of order.taxes) {
      expect([ratePpm, taxOf(ratePpm)]).toEqual([ratePpm, amountMinor]);
    }
  };

  it('is a second invoice of the difference once that is paid, and credited with it', async () => {
    const id = await paid();
    const [first] = await billing.issue(id);
    await edit(id, 2, 1);
    expect(await billing.issue(id)).toEqual([]);
    await billing.act(id, 'confirm-payment');
    const [second, ...more] = await billing.issue(id);
    expect(more).toEqual([]);
    expect(second).toMatchObject({ kind: 'invoice', totalMinor: 2_380 });
    expect(second?.content.lines).toMatchObject([{ kind: 'item', sku: 'DISC', quantity: 1 }]);
    expect(second?.number).not.toBe(first?.number);
    expect(await billing.issue(id)).toEqual([]);
    await expectAgreed(id);
    await money.act(id, { act: 'refund', wish: { kind: 'rest' }, reason: null });
    await billing.act(id, 'confirm-refund');
    const notes = await billing.issue(id);
    expect(new Set(notes.map(({ content }) => content.invoiceNumber))).toEqual(
      new Set([first?.number, second?.number]),
    );
    expect(notes).toHaveLength(2);
    const { totalMinor, taxOf } = await billed(id);
    expect([totalMinor, taxOf(190_000)]).toEqual([0, 0]);
  });

  it('is one invoice when it became more before anything was billed', async () => {
    const id = await paid();
    await edit(id, 2, 1);
    const [whole, ...more] = await billing.issue(id);
    expect(more).toEqual([]);
    expect(whole?.totalMinor).toBe((await billing.order(id)).totalMinor);
    await billing.act(id, 'confirm-payment');
    expect(await billing.issue(id)).toEqual([]);
    await expectAgreed(id);
    await edit(id, 2, 2);
    await billing.act(id, 'confirm-payment');
    expect(await billing.issue(id)).toHaveLength(1);
    await expectAgreed(id);
  });

  it('is billed with the goods when it goes before it is paid', async () => {
    const { id } = await billing.place([PAD]);
    await billing.act(id, 'confirm-payment');
    await billing.issue(id);
    await edit(id, 3, 0);
    expect(await billing.issue(id)).toEqual([]);
    await billing.act(id, 'ship');
    expect(await billing.issue(id)).toMatchObject([{ kind: 'invoice', totalMinor: 1_190 }]);
    await billing.act(id, 'confirm-payment');
    expect(await billing.issue(id)).toEqual([]);
    await expectAgreed(id);
  });

  it('says what is there instead of what was billed, also when nothing more is owed', async () => {
    const id = await paid();
    await billing.issue(id);
    await edit(id, 2, 1);
    await edit(id, 1, 1);
    await billing.act(id, 'confirm-payment');
    const [exchange] = await billing.issue(id);
    expect(exchange).toMatchObject({ kind: 'invoice', totalMinor: 1_190 });
    expect(exchange?.content.deducted).toHaveLength(1);
    await expectAgreed(id);
    const undone = await paid();
    await billing.issue(undone);
    await edit(undone, 2, 1);
    await edit(undone, 2, 0);
    expect(await billing.issue(undone)).toEqual([]);
    await expectAgreed(undone);
  });

  it('credits what an edit takes off once it is billed, and not what one took off before', async () => {
    const { id } = await billing.place([{ ...PAD, quantity: 5 }], 'manual');
    await billing.act(id, 'confirm-payment');
    await edit(id, 3, 0);
    await billing.issue(id);
    await billing.act(id, 'confirm-refund');
    expect(await billing.issue(id)).toEqual([]);
    await edit(id, 2, 0);
    await billing.act(id, 'confirm-refund');
    const { refunds } = await money.view(id);
    expect(await billing.issue(id)).toMatchObject([
      { kind: 'credit-note', subjectId: refunds.at(-1)?.id, totalMinor: 1_190 },
    ]);
    await expectAgreed(id);
  });

  it('takes back what was billed at another rate than the order is taxed at now', async () => {
    const id = await paid();
    await billing.issue(id);
    await billing.charge(70_000);
    try {
      await edit(id, 2, 1);
      await billing.act(id, 'confirm-payment');
      const [second] = await billing.issue(id);
      expect(second?.totalMinor).toBe(2_380);
      const rates = second?.content.taxes.map(({ ratePpm }) => ratePpm);
      expect(new Set(rates)).toEqual(new Set([70_000, 190_000]));
      const { taxOf } = await billed(id);
      expect(taxOf(190_000)).toBe(0);
      await expectAgreed(id);
    } finally {
      await billing.charge(190_000);
    }
  });

  it('comes to what was taken and stays, whatever is edited, paid, cancelled and billed in between', async () => {
    // The same sequences each time: what comes next is told by a number that is divided on.
    for (let seed = 1; seed <= 10; seed += 1) {
      const id = await paid();
      let chance = seed * 7_919;
      const next = (below: number) => {
        chance = (chance * 48_271) % 2_147_483_647;
        return chance % below;
      };
      const refusals = new Set<unknown>();
      for (let step = 0; step < 9; step += 1) {
        const steps = [
          () => edit(id, 1 + next(4), next(3)),
          () => edit(id, 1 + next(4), next(3)),
          () => billing.act(id, 'confirm-payment'),
          () => billing.act(id, 'confirm-refund'),
          () => billing.issue(id),
        ];
        await steps[next(steps.length)]?.().catch((error: { code?: string }) => {
          refusals.add(error.code);
        });
      }
      for (const code of refusals) {
        expect(['orders.action-refused', 'payments.step-refused']).toContain(code);
      }
      const { payments } = await money.view(id);
      if (openMinor(payments) > 0) await billing.act(id, 'confirm-payment');
      if ((await billing.order(id)).paymentState === 'refund-due') {
        await billing.act(id, 'confirm-refund');
      }
      await billing.issue(id);
      await expectAgreed(id);
      await billing.cancel(id, [{ line: 1, quantity: 1 }]);
      const after = await billing.order(id);
      if (after.paymentState === 'refund-due') await billing.act(id, 'confirm-refund');
      await billing.issue(id);
      const settled = (await money.view(id)).payments.reduce(
        (sum, { capturedMinor, refundedMinor }) => sum + capturedMinor - refundedMinor,
        0,
      );
      expect((await billed(id)).totalMinor).toBe(settled);
    }
  });
});
