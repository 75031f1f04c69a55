import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DatabaseClock, PrimaryReader, sql } from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { RuntimeSettingEditor } from '../../../../scaling/src/authoring/settings/runtime-setting.editor.js';
import { RuntimeSettingsLookup } from '../../../../scaling/src/model/settings/runtime-settings-lookup.js';
import { LocatedShop } from '../../../test/located-shop.js';
import { OrderMoney } from '../../../test/order-money.js';
import { OrderConfirmation } from '../confirming/order-confirmation.js';
import { OrderEditEditor } from '../editing/order-edit.editor.js';
import { OrderEditor } from '../order.editor.js';
import { ReturnEditor } from '../returns/return.editor.js';
import { FulfilmentDirectory } from './fulfilment.directory.js';

const NO_TRACKING = { carrier: null, trackingNumber: null, trackingUrl: null };

describeOnEachDatabase('where the goods of an order were taken', (open) => {
  let shop: LocatedShop;
  let money: OrderMoney;

  beforeAll(async () => {
    shop = await LocatedShop.start(open);
    money = new OrderMoney(shop.shop);
  });

  afterAll(() => shop?.shop.replica.close());

  const fulfilment = (id: string) => shop.shop.app.get(FulfilmentDirectory).get(money.at(id));
  const ship = async (id: string, quantity: number) => {
    const { version } = await money.order(id);
    const part = { items: [{ line: 1, quantity }], reason: null };
    return shop.shop.app.get(OrderEditor).ship(money.at(id), version, part, NO_TRACKING);
  };
  const at = (location: string, quantity: number) => ({ location, quantity });

  /** Three pieces, two of them at the main location and one in the cellar, which then sells nothing any more. */
  const split = async () => {
    await shop.sellFrom('main', 'cellar');
    const ware = await shop.ware({ main: 2, cellar: 1 });
    const { id } = await shop.buy([ware, 3]);
    expect(await shop.places(ware)).toEqual({ main: 0, cellar: 0 });
    await shop.sellFrom('main');
    return { ware, id };
  };

  it('is where what is cancelled goes back, piece by piece and at once', async () => {
    const { ware, id } = await split();
    await money.cancelItems(id, [{ line: 1, quantity: 1 }]);
    expect(await shop.places(ware)).toEqual({ main: 0, cellar: 1 });
    await money.cancelItems(id, [{ line: 1, quantity: 1 }]);
    expect(await shop.places(ware)).toEqual({ main: 1, cellar: 1 });
    await money.staff(id, 'cancel');
    expect(await shop.places(ware)).toEqual({ main: 2, cellar: 1 });
    const whole = await split();
    await money.staff(whole.id, 'cancel');
    expect(await shop.places(whole.ware)).toEqual({ main: 2, cellar: 1 });
  });

  it('is told with each parcel, and with what still has to go', async () => {
    const { ware, id } = await split();
    expect((await fulfilment(id)).lines).toMatchObject([
      { openFrom: [at('main', 2), at('cellar', 1)] },
    ]);
    await ship(id, 1);
    expect((await fulfilment(id)).lines).toMatchObject([
      { openFrom: [at('main', 1), at('cellar', 1)] },
    ]);
    await ship(id, 2);
    const { lines, shipments } = await fulfilment(id);
    expect(lines).toMatchObject([{ openFrom: [] }]);
    expect(shipments).toMatchObject([
      { items: [{ line: 1, quantity: 1, from: [at('main', 1)] }] },
      { items: [{ line: 1, quantity: 2, from: [at('main', 1), at('cellar', 1)] }] },
    ]);
    expect(await shop.places(ware)).toEqual({ main: 0, cellar: 0 });
  });

  it('is where what comes back is put, one return after the other', async () => {
    const { ware, id } = await split();
    await ship(id, 3);
    const returns = shop.shop.app.get(ReturnEditor);
    const comeBack = async (quantity: number, restocked: number) => {
      const { version } = await money.order(id);
      const announced = await returns.announce(
        money.at(id),
        version,
        [{ line: 1, quantity }],
        null,
      );
      const returnId = announced.returns.at(-1)?.id ?? '';
      await returns.receive(money.at(id), announced.order.version, returnId, {
        items: [{ line: 1, received: quantity, restocked }],
        reason: null,
      });
    };
    await comeBack(1, 1);
    expect(await shop.places(ware)).toEqual({ main: 1, cellar: 0 });
    await comeBack(2, 2);
    expect(await shop.places(ware)).toEqual({ main: 2, cellar: 1 });
  });

  it('is kept by an edit for the pieces that stay, and told of those that come', async () => {
    const { ware, id } = await split();
    const edit = async (quantity: number, amount: number) => {
      const { version } = await money.order(id);
      await shop.shop.app.get(OrderEditEditor).edit(
        money.at(id),
        {
          items: [{ sku: ware.sku, quantity }],
          // On account another total is another matter.
          agreedPrices: [{ sku: ware.sku, unitPriceMinor: amount, reason: 'as before' }],
          reason: 'she called',
        },
        { key: newId(), version, expectedTotal: { amount: 790, currency: 'EUR' } },
      );
    };
    await edit(2, 150);
    expect(await shop.places(ware)).toEqual({ main: 0, cellar: 1 });
    await shop.sellFrom('attic');
    await shop.receive(ware, 'attic', 4);
    await edit(4, 75);
    expect(await shop.places(ware)).toEqual({ main: 0, cellar: 1, attic: 2 });
    expect((await fulfilment(id)).lines).toMatchObject([
      { openFrom: [at('main', 2), at('attic', 2)] },
    ]);
    await money.staff(id, 'cancel');
    expect(await shop.places(ware)).toEqual({ main: 2, cellar: 1, attic: 4 });
  });

  it('is told by the job that takes the stock later, line by line', async () => {
    await shop.sellFrom('main', 'cellar');
    const { app, replica } = shop.shop;
    const setting = new RuntimeSettingEditor(
      replica.unitOfWork,
      app.get(PrimaryReader),
      app.get(RuntimeSettingsLookup),
      app.get(DatabaseClock),
    );
    await setting.set('stockAtCheckout', false);
    const confirm = (id: string) =>
      replica.unitOfWork.run((tx) => app.get(OrderConfirmation).confirm(tx, id));
    try {
      const [ware, scarce] = [
        await shop.ware({ main: 1, cellar: 1 }),
        await shop.ware({ main: 1, cellar: 1 }),
      ];
      const { id } = await shop.buy([ware, 2], [scarce, 3]);
      expect((await fulfilment(id)).lines).toMatchObject([{ openFrom: [] }, { openFrom: [] }]);
      expect((await confirm(id)).outcome).toBe('delayed');
      expect([await shop.places(ware), await shop.places(scarce)]).toEqual([
        { main: 0, cellar: 0 },
        { main: 1, cellar: 1 },
      ]);
      const line = (await money.order(id)).lines.findIndex(({ isDelayed }) => isDelayed) + 1;
      await money.cancelItems(id, [{ line, quantity: 1 }]);
      expect(await shop.places(scarce)).toEqual({ main: 1, cellar: 1 });
      expect((await confirm(id)).outcome).toBe('confirmed');
      expect(await shop.places(scarce)).toEqual({ main: 0, cellar: 0 });
      await money.cancelItems(id, [{ line, quantity: 1 }]);
      expect(await shop.places(scarce)).toEqual({ main: 0, cellar: 1 });
    } finally {
      await setting.set('stockAtCheckout', true);
    }
  });

  it('is the main location for orders that were placed before others were sold from', async () => {
    const { ware, id } = await split();
    await shop.shop.replica.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE sales_order_line SET taken_from_json = NULL WHERE order_id = ${id}`),
    );
    expect((await fulfilment(id)).lines).toMatchObject([{ openFrom: [at('main', 3)] }]);
    await money.staff(id, 'cancel');
    expect(await shop.places(ware)).toEqual({ main: 3, cellar: 0 });
  });
});
