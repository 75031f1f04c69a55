import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { JobContext } from '#authoring/jobs';
import { DatabaseClock, PrimaryReader, sql, UnitOfWork } from '#libs/database';
import { StockTaker } from '#libs/inventory';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { RuntimeSettingEditor } from '../../../../scaling/src/authoring/settings/runtime-setting.editor.js';
import { RuntimeSettingsLookup } from '../../../../scaling/src/model/settings/runtime-settings-lookup.js';
import { betweenPlanAndPlacing } from '../../../test/between-plan-and-placing.js';
import { OrderMoney } from '../../../test/order-money.js';
import { OrderShop } from '../../../test/order-shop.js';
import { OrderEditor } from '../order.editor.js';
import { ConfirmOrderHandler } from './confirm-order.handler.js';
import { FindAwaitingOrdersHandler } from './find-awaiting-orders.handler.js';

/** What every ware of the shop has when it comes. */
const ON_HAND = 1_000;
const NO_TRACKING = { carrier: null, trackingNumber: null, trackingUrl: null };

describeOnEachDatabase('an order that is accepted before its stock is taken', (open) => {
  let shop: OrderShop;
  let money: OrderMoney;
  let skus = 0;

  beforeAll(async () => {
    shop = await OrderShop.start(open);
    money = new OrderMoney(shop);
    await switchTo(false);
  });

  afterAll(() => shop?.replica.close());

  const database = () => shop.app.get(PrimaryReader);

  const switchTo = async (isOn: boolean) => {
    const editor = new RuntimeSettingEditor(
      shop.replica.unitOfWork,
      database(),
      shop.app.get(RuntimeSettingsLookup),
      shop.app.get(DatabaseClock),
    );
    await editor.set('stockAtCheckout', isOn);
  };

  /** A ware of its own for each quantity. */
  const place = (...quantities: readonly number[]) =>
    shop.place(
      quantities.map((quantity) => {
        skus += 1;
        return { sku: `WARE-${skus}`, priceMinor: 100, quantity };
      }),
      'invoice',
    );

  const run = async <Payload>(
    handler: { handle(payload: Payload, context: JobContext): Promise<void> },
    payload: Payload,
  ) => {
    let result: unknown;
    const context = {
      signal: new AbortController().signal,
      complete: async (work?: Parameters<UnitOfWork['run']>[0]) => {
        if (work !== undefined) result = await shop.replica.unitOfWork.run(work);
      },
    };
    await handler.handle(payload, context as unknown as JobContext);
    return result;
  };
  const confirm = (orderId: string) => run(shop.app.get(ConfirmOrderHandler), { orderId });
  const find = () => run(shop.app.get(FindAwaitingOrdersHandler), {});

  const jobsOf = async (id: string) => {
    const rows = await database().query<{ payload_json: string }>(sql`
      SELECT payload_json
      FROM job
      WHERE name = 'confirm-order' AND state = 'pending'
      ORDER BY created_at, id`);
    return rows.filter(({ payload_json: payload }) => payload.includes(id)).length;
  };

  /** What the job did is no longer to be done. */
  const endJobs = () =>
    shop.replica.unitOfWork.run((tx) =>
      tx.execute(sql`
        UPDATE job
        SET state = 'completed', dedupe_key = NULL
        WHERE name = 'confirm-order'`),
    );

  /** What is on hand of the wares of an order, each the sum of its ledger. */
  const stockOf = async (id: string) => {
    const rows = await database().query<{ on_hand: number; ledger: number }>(sql`
      SELECT s.on_hand,
        (SELECT SUM(g.quantity) FROM stock_ledger g WHERE g.variant_id = s.variant_id) AS ledger
      FROM sales_order_line l
      JOIN stock_item s ON s.variant_id = l.variant_id
      WHERE l.order_id = ${id}
      ORDER BY l.line_number`);
    expect(rows.map(({ ledger }) => ledger)).toEqual(rows.map(({ on_hand: onHand }) => onHand));
    return rows.map(({ on_hand: onHand }) => onHand);
  };

  const receive = async (id: string, line: number, quantity: number) => {
    const { lines, storeId } = await money.order(id);
    const variantId = lines[line - 1]?.variantId ?? '';
    const demand = { variantId, quantity, locationId: null };
    await shop.replica.unitOfWork.run((tx) =>
      shop.app.get(StockTaker).giveBack(tx, storeId, [demand], 'return'),
    );
  };

  const mailsOf = async (id: string) => {
    const rows = await database().query<{ kind: string }>(sql`
      SELECT kind
      FROM mail
      WHERE dedupe_key LIKE ${`%${id}%`}
      ORDER BY created_at, id`);
    return rows.map(({ kind }) => kind);
  };

  const ship = async (id: string, items: { line: number; quantity: number }[] | null) => {
    const { version } = await money.order(id);
    const part = { items, reason: null };
    return shop.app.get(OrderEditor).ship(money.at(id), version, part, NO_TRACKING);
  };

  it('waits with its stock untouched, and is confirmed once, whoever asks at once', async () => {
    const { id, awaits } = await place(2);
    expect(awaits).toBe('confirmation');
    expect(await money.order(id)).toMatchObject({ awaits, lines: [{ isStockTaken: false }] });
    expect(await stockOf(id)).toEqual([ON_HAND]);
    // It is in SQL with the order, so a crash right after the commit loses nothing.
    expect(await jobsOf(id)).toBe(1);
    const ends = await Promise.all([confirm(id), confirm(id), confirm(id)]);
    expect(ends.map((end) => (end as { outcome: string }).outcome).sort()).toEqual([
      'confirmed',
      'idle',
      'idle',
    ]);
    expect(await stockOf(id)).toEqual([ON_HAND - 2]);
    expect(await money.order(id)).toMatchObject({
      awaits: null,
      version: 2,
      lines: [{ isStockTaken: true, isDelayed: false }],
      transitions: [{ action: 'place' }, { action: 'stock-confirmed', actor: null }],
    });
    // The confirmation of the order has said all that there is to say.
    expect(await mailsOf(id)).toEqual([]);
    await money.staff(id, 'cancel');
    expect(await stockOf(id)).toEqual([ON_HAND]);
  });

  it('gets what there is; the rest is delayed, told once, and taken when it has come', async () => {
    const { id, number } = await place(ON_HAND + 1, 3);
    expect(await confirm(id)).toEqual({ outcome: 'delayed' });
    expect(await stockOf(id)).toEqual([ON_HAND, ON_HAND - 3]);
    expect(await money.order(id)).toMatchObject({
      awaits: 'stock',
      lines: [
        { isStockTaken: false, isDelayed: true },
        { isStockTaken: true, isDelayed: false },
      ],
      transitions: [
        { action: 'place' },
        { action: 'stock-delayed', reason: `${ON_HAND + 1} × WARE-${skus - 1}` },
      ],
    });
    const told = await database().query<{ payload_json: string }>(sql`
      SELECT payload_json
      FROM notification
      WHERE type = 'order-delayed'`);
    expect(told.map(({ payload_json: payload }) => JSON.parse(payload) as object)).toMatchObject([
      { number, items: [{ line: 1, quantity: ON_HAND + 1 }] },
    ]);
    await endJobs();
    expect(await confirm(id)).toEqual({ outcome: 'idle' });
    expect(await find()).toEqual({ found: 0 });
    await receive(id, 1, 1);
    expect(await find()).toEqual({ found: 1 });
    expect(await find()).toEqual({ found: 1 });
    expect(await jobsOf(id)).toBe(1);
    expect(await confirm(id)).toEqual({ outcome: 'confirmed' });
    expect(await stockOf(id)).toEqual([0, ON_HAND - 3]);
    expect(await money.order(id)).toMatchObject({ awaits: null });
    expect(await mailsOf(id)).toEqual(['order-delayed', 'order-available']);
    expect((await ship(id, null)).state).toBe('shipped');
  });

  it('is not shipped nor captured before it is confirmed, and of delayed lines nothing is', async () => {
    const { id } = await place(ON_HAND + 1, 3);
    const refused = { code: 'orders.action-refused' };
    await expect(ship(id, null)).rejects.toMatchObject(refused);
    await expect(
      money.act(id, { act: 'capture', amountMinor: null, reason: null }),
    ).rejects.toMatchObject(refused);
    // Money that has come is noted.
    expect(await money.staff(id, 'confirm-payment')).toMatchObject({ paymentState: 'paid' });
    await confirm(id);
    await expect(ship(id, null)).rejects.toMatchObject({ ...refused, details: { lines: [1] } });
    await expect(ship(id, [{ line: 1, quantity: 1 }])).rejects.toMatchObject(refused);
    const sent = await ship(id, [{ line: 2, quantity: 3 }]);
    expect(sent).toMatchObject({ state: 'partly-shipped', awaits: 'stock' });
    const left = await money.cancelItems(id, [{ line: 1, quantity: 2 }]);
    expect(left).toMatchObject({ state: 'partly-shipped', awaits: 'stock' });
    const none = await money.cancelItems(id, [{ line: 1, quantity: ON_HAND - 1 }]);
    expect(none).toMatchObject({ state: 'shipped', awaits: null });
    // Nothing of the delayed line was taken, so nothing is given back.
    expect(await stockOf(id)).toEqual([ON_HAND, ON_HAND - 3]);
  });

  it('takes nothing of what was cancelled before', async () => {
    const whole = await place(5);
    await money.staff(whole.id, 'cancel');
    expect(await money.order(whole.id)).toMatchObject({ state: 'cancelled', awaits: null });
    expect(await confirm(whole.id)).toEqual({ outcome: 'idle' });
    expect(await stockOf(whole.id)).toEqual([ON_HAND]);

    const part = await place(ON_HAND + 3);
    await money.cancelItems(part.id, [{ line: 1, quantity: 4 }]);
    expect(await confirm(part.id)).toEqual({ outcome: 'confirmed' });
    expect(await stockOf(part.id)).toEqual([1]);
    await money.cancelItems(part.id, [{ line: 1, quantity: 1 }]);
    expect(await stockOf(part.id)).toEqual([2]);
  });

  it('is looked for when its own job came to nothing, also once the switch is back', async () => {
    const { id } = await place(1);
    await endJobs();
    await switchTo(true);
    try {
      expect(await find()).toEqual({ found: 0 });
      await shop.replica.unitOfWork.run((tx) =>
        tx.execute(sql`
          UPDATE sales_order
          SET placed_at = placed_at - ${10 * 60_000}
          WHERE id = ${id}`),
      );
      expect(await find()).toEqual({ found: 1 });
      expect(await confirm(id)).toEqual({ outcome: 'confirmed' });
    } finally {
      await switchTo(false);
    }
  });

  it('is planned again when the switch is thrown between plan and placing', async () => {
    skus += 1;
    const ware = { sku: `WARE-${skus}`, priceMinor: 100, quantity: 1 };
    const { held, totalMinor } = await shop.basket([ware], 'invoice');
    const key = newId();
    const answers: unknown[] = [];
    try {
      const plans = await betweenPlanAndPlacing(
        shop.replica,
        () => switchTo(true),
        async () => answers.push(await shop.order(held, totalMinor, key)),
      );
      expect(plans).toBe(2);
    } finally {
      await switchTo(false);
    }
    answers.push(await shop.order(held, totalMinor, key));
    expect(answers).toMatchObject([{ awaits: null }, { awaits: null }]);
    expect(answers[0]).toEqual(answers[1]);
  });
});
