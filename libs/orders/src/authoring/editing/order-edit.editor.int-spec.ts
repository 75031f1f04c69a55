import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PrimaryReader, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft, variantDraft } from '../../../../catalog/test/catalog-drafts.js';
import type { CatalogReplica } from '../../../../catalog/test/catalog-replica.js';
import { someAddress } from '../../../../stores/test/some-address.js';
import { PromotedShop } from '../../../test/promoted-shop.js';
import { StoreSettingsEditor } from '#authoring/stores';
import { PaymentLedger } from '#libs/payments';
import { addCustomer } from '../../../../customers/test/add-customer.js';
import { OrderDirectory } from '../order.directory.js';
import { OrderEditor } from '../order.editor.js';
import { StaffOrderEditor } from '../placing/staff-order.editor.js';
import { OrderEditEditor } from './order-edit.editor.js';
import { OrderEditPlanning } from './order-edit-planning.js';
import type { OrderEdit } from './order-edit.js';

const pads = (quantity: number): OrderEdit => ({
  items: [{ sku: 'PAD', quantity }],
  agreedPrices: [],
  reason: 'she called',
});

describeOnEachDatabase('an order that staff edit', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;
  let shippingVersion = 0;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open);
    shop = await PromotedShop.open(replica);
    const prices = [{ currency: 'EUR', amountMinor: 300, compareAtMinor: null }];
    const stock = { onHand: 5, isTracked: true, allowsBackorder: false };
    await replica.saveMany(shop.store, [
      productDraft('bolt', { variants: [variantDraft({ sku: 'BOLT', prices, stock })] }),
    ]);
  });

  afterAll(() => replica?.close());

  const address = (id: string) => ({ storeCode: shop.store.code, id });
  const orderOf = (id: string) => replica.app.get(OrderDirectory).get(shop.store.code, id);
  const place = async (
    items: NonNullable<OrderEdit['items']>,
    amount: number,
    changes: {
      customerId?: string;
      paymentMethod?: 'manual' | 'invoice';
      coupons?: string[];
      agreedPrices?: OrderEdit['agreedPrices'];
    } = {},
  ) => {
    const order = {
      items,
      customerId: null,
      email: 'phone@example.com',
      coupons: [],
      shippingMethod: 'post',
      shippingAddress: someAddress,
      billingAddress: null,
      paymentMethod: 'manual' as const,
      agreedPrices: [],
      ...changes,
    };
    const request = { key: newId(), expectedTotal: { amount, currency: 'EUR' } };
    return (await replica.app.get(StaffOrderEditor).place(shop.store.code, order, request)).id;
  };
  const two = () => place([{ sku: 'PAD', quantity: 2 }], 2_490);
  const shipFor = async (amountMinor: number) => {
    const settings = replica.app.get(StoreSettingsEditor);
    shippingVersion += 1;
    await settings.replace(shop.store.code, 'sales', shippingVersion, {
      orderNumberPrefix: '',
      allowedCountries: [],
      shippingMethods: [
        {
          code: 'post',
          name: 'Post',
          countries: [],
          pricesMinor: { EUR: amountMinor },
          freeFromMinor: {},
        },
      ],
    });
  };
  const quote = (id: string, edit: OrderEdit) =>
    replica.app.get(OrderEditPlanning).quote(address(id), edit);
  const edit = (id: string, wanted: OrderEdit, amount: number, version = 1, key = newId()) =>
    replica.app.get(OrderEditEditor).edit(address(id), wanted, {
      key,
      version,
      expectedTotal: { amount, currency: 'EUR' },
    });
  const onHand = async (sku: string) => {
    const [row] = await replica.app.get(PrimaryReader).query<{ on_hand: number; booked: number }>(
      sql`
      SELECT s.on_hand, (SELECT SUM(g.quantity) FROM stock_ledger g
        WHERE g.variant_id = s.variant_id AND g.location_id = s.location_id) AS booked
      FROM stock_item s
      JOIN location l ON l.id = s.location_id
      JOIN product_variant v ON v.id = s.variant_id
      WHERE l.store_id = ${shop.store.id} AND v.sku = ${sku}`,
    );
    expect(row?.booked).toBe(row?.on_hand);
    return row?.on_hand ?? 0;
  };
  const owed = async (id: string) => {
    const [row] = await replica.app.get(PrimaryReader).query<{ amount_minor: number }>(sql`
      SELECT amount_minor
      FROM payment
      WHERE order_id = ${id}`);
    return row?.amount_minor;
  };

  it('is quoted without a trace, and changed once for its key: lines, totals, stock, payment, history, mail', async () => {
    const id = await two();
    const before = [await onHand('PAD'), await onHand('BOLT')] as const;
    const wanted: OrderEdit = {
      items: [
        { sku: 'PAD', quantity: 1 },
        { sku: 'BOLT', quantity: 3 },
      ],
      agreedPrices: [{ sku: 'BOLT', unitPriceMinor: 200, reason: 'a scratch' }],
      shippingAddress: { ...someAddress, street: 'Other Street 2' },
      reason: 'she called',
    };
    const quoted = await quote(id, wanted);
    expect(quoted.priced.totals.totalMinor).toBe(2_090);
    expect((await orderOf(id)).version).toBe(1);
    await expect(edit(id, wanted, 2_091)).rejects.toMatchObject({ code: 'orders.total-changed' });
    const key = newId();
    const done = await edit(id, wanted, 2_090, 1, key);
    expect(done).toMatchObject({ version: 2, totalMinor: 2_090, differenceMinor: -400 });
    expect(await edit(id, wanted, 2_090, 1, key)).toEqual(done);
    const order = await orderOf(id);
    expect(order).toMatchObject({
      version: 2,
      totalMinor: 2_090,
      shippingAddress: { street: 'Other Street 2' },
      lines: [
        { sku: 'PAD', quantity: 1, unitPriceMinor: 1_000, isStockTaken: true },
        { sku: 'BOLT', quantity: 3, unitPriceMinor: 200, isStockTaken: true },
      ],
      transitions: [
        { action: 'place' },
        {
          action: 'edit',
          reason: 'she called; PAD: 2 → 1; BOLT: 0 → 3; another address; BOLT: a scratch',
        },
      ],
    });
    const { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor } = order;
    expect(subtotalMinor - discountMinor + shippingMinor + taxMinor).toBe(totalMinor);
    expect([await onHand('PAD'), await onHand('BOLT')]).toEqual([before[0] + 1, before[1] - 3]);
    expect(await owed(id)).toBe(2_090);
    const mails = await replica.app.get(PrimaryReader).query<{ payload_json: string }>(sql`
      SELECT payload_json
      FROM job
      WHERE name = 'write-order-mail'`);
    const changed = mails.filter(
      ({ payload_json: text }) => text.includes(id) && text.includes('"changed"'),
    );
    expect(changed).toHaveLength(1);
    const [audited] = await replica.app.get(PrimaryReader).query<{ before_json: string }>(sql`
      SELECT before_json
      FROM audit_log
      WHERE entity = 'order' AND entity_id = ${id} AND action = 'orders:order:edit'`);
    expect(JSON.parse(audited?.before_json ?? '{}')).toMatchObject({
      totalMinor: 2_490,
      items: [{ sku: 'PAD', quantity: 2 }],
    });
  });

  it('keeps the price it was agreed for, and pieces that there are no more of', async () => {
    const left = await onHand('BOLT');
    const agreedPrices = [{ sku: 'BOLT', unitPriceMinor: 100, reason: 'a friend' }];
    const items = [{ sku: 'BOLT', quantity: left }];
    const id = await place(items, left * 100 + 490, { agreedPrices });
    expect(await onHand('BOLT')).toBe(0);
    const added = [...items, { sku: 'PAD', quantity: 1 }];
    const wanted = { ...pads(1), items: added };
    await edit(id, wanted, left * 100 + 1_490);
    const more = { ...pads(1), items: [{ sku: 'BOLT', quantity: left + 1 }] };
    await expect(edit(id, more, (left + 1) * 100 + 490, 2)).rejects.toMatchObject({
      code: 'inventory.not-enough',
    });
    expect(await orderOf(id)).toMatchObject({ version: 2, totalMinor: left * 100 + 1_490 });
  });

  it('is changed by one of two who edit it at once', async () => {
    const id = await two();
    const before = await onHand('PAD');
    const ends = await Promise.allSettled([edit(id, pads(3), 3_490), edit(id, pads(4), 4_490)]);
    const [refusal] = ends.filter((end) => end.status === 'rejected');
    expect(refusal?.reason).toMatchObject({ code: 'http.stale-version' });
    const [line] = (await orderOf(id)).lines;
    expect([3, 4]).toContain(line?.quantity);
    expect(await onHand('PAD')).toBe(before + 2 - (line?.quantity ?? 0));
  });

  it('stays as it is once something was cancelled of it', async () => {
    const orders = replica.app.get(OrderEditor);
    const cancelled = await place([{ sku: 'PAD', quantity: 3 }], 3_490);
    const part = { items: [{ line: 1, quantity: 1 }], reason: null };
    await orders.cancel(address(cancelled), 1, part, { refund: false });
    await expect(edit(cancelled, pads(2), 2_490, 2)).rejects.toMatchObject({
      code: 'orders.action-refused',
      details: { because: 'pieces-cancelled' },
    });
    const owing = await place([{ sku: 'PAD', quantity: 2 }], 2_490, { paymentMethod: 'invoice' });
    const moved = { ...pads(2), shippingAddress: { ...someAddress, street: 'Third Street 3' } };
    await edit(owing, moved, 2_490);
    const strange = { ...pads(1), items: [{ sku: 'NONE', quantity: 1 }] };
    await expect(quote(owing, strange)).rejects.toMatchObject({ code: 'carts.items-refused' });
    const priced = { ...pads(1), agreedPrices: [{ sku: 'X', unitPriceMinor: 1, reason: 'x' }] };
    await expect(quote(owing, priced)).rejects.toMatchObject({ code: 'carts.items-refused' });
  });

  it('never comes to nothing, and is not changed for a person who was erased', async () => {
    const id = await two();
    const ledger = replica.app.get(PaymentLedger);
    const free = replica.unitOfWork.run(async (tx) =>
      ledger.amend(tx, await ledger.hold(tx, id), 0),
    );
    await expect(free).rejects.toMatchObject({ code: 'payments.step-refused' });
    const { id: customerId } = await addCustomer(replica.unitOfWork, shop.store);
    const theirs = await place([{ sku: 'PAD', quantity: 2 }], 2_490, { customerId });
    await replica.unitOfWork.run((tx) =>
      tx.execute(sql`
        UPDATE customer
        SET erased_at = 2
        WHERE id = ${customerId}`),
    );
    await expect(edit(theirs, pads(1), 1_490)).rejects.toMatchObject({
      code: 'customers.customer-not-found',
    });
    expect((await orderOf(theirs)).version).toBe(1);
  });

  it('is planned again when what it was planned from changes before it is written', async () => {
    const id = await two();
    const planning = replica.app.get(OrderEditPlanning);
    const plan = planning.plan.bind(planning);
    let plans = 0;
    planning.plan = async (...given) => {
      const planned = await plan(...given);
      plans += 1;
      if (plans === 1) await shipFor(600);
      return planned;
    };
    try {
      await expect(edit(id, pads(3), 3_490)).rejects.toMatchObject({
        code: 'orders.total-changed',
      });
    } finally {
      planning.plan = plan;
      await shipFor(490);
    }
    expect((await orderOf(id)).version).toBe(1);
  });

  it('keeps its promotions by staying as it is', async () => {
    const promotion = await shop.promote({ needsCoupon: true });
    await shop.addCoupon(promotion, 'KEEP');
    const id = await place([{ sku: 'PAD', quantity: 2 }], 2_290, { coupons: ['keep'] });
    await expect(quote(id, pads(1))).rejects.toMatchObject({
      code: 'orders.action-refused',
      details: { because: 'promotions-used' },
    });
  });
});
