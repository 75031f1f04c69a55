import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { StoreSettingsEditor } from '#authoring/stores';
import { CartEditor } from '#libs/carts';
import { StockHolds, StockTaker } from '#libs/inventory';
import { describeOnEachDatabase } from '#libs/testing';
import { LocatedShop } from '../../test/located-shop.js';
import { someAddress } from '../../../stores/test/some-address.js';

const NOT_ENOUGH = { code: 'inventory.not-enough' };
const GONE = { code: expect.stringMatching(/^(inventory\.not-enough|orders\.items-unavailable)$/) };

describeOnEachDatabase('goods of a store that sells from several locations', (open) => {
  let shop: LocatedShop;

  beforeAll(async () => {
    shop = await LocatedShop.start(open);
  });

  afterAll(() => shop?.shop.replica.close());

  const tagsWhile = async (work: () => Promise<unknown>) => {
    const tags: string[] = [];
    const stop = shop.shop.replica.unitOfWork.onCommit((commit) => tags.push(...commit.tags));
    await work();
    stop();
    return tags.filter((tag) => tag.startsWith('availability:'));
  };

  it('are those of the main location until staff say otherwise', async () => {
    const ware = await shop.ware({ main: 1, cellar: 9 });
    await expect(shop.buy([ware, 2])).rejects.toMatchObject(NOT_ENOUGH);
    await shop.buy([ware, 1]);
    expect(await shop.places(ware)).toEqual({ main: 0, cellar: 9 });
    expect(await shop.seen(ware)).toBe('out-of-stock');
  });

  it('can be had or not once a location is sold from or no more, and nothing else is voided', async () => {
    await shop.sellFrom('main');
    const [kept, both, none] = [
      await shop.ware({ cellar: 3 }),
      await shop.ware({ main: 1, cellar: 1 }),
      await shop.ware({ main: 1 }),
    ];
    expect(await shop.seen(kept)).toBe('out-of-stock');
    const tags = await tagsWhile(() => shop.sellFrom('main', 'cellar'));
    expect(tags).toContain(`availability:${kept.productId}`);
    expect(tags).not.toContain(`availability:${none.productId}`);
    expect(await shop.seen(kept)).toBe('in-stock');
    expect(await tagsWhile(() => shop.sellFrom('cellar', 'main'))).toEqual([]);
    await shop.sellFrom('cellar');
    expect([await shop.seen(kept), await shop.seen(both), await shop.seen(none)]).toEqual([
      'in-stock',
      'in-stock',
      'out-of-stock',
    ]);
    await shop.sellFrom('main');
    expect([await shop.seen(kept), await shop.seen(none)]).toEqual(['out-of-stock', 'in-stock']);
    await expect(shop.buy([kept, 1])).rejects.toMatchObject(GONE);
  });

  it('are void for shoppers when a receipt brings them to a location that is sold from', async () => {
    await shop.sellFrom('main', 'cellar');
    const ware = await shop.ware({});
    expect(await shop.seen(ware)).toBe('out-of-stock');
    await shop.receive(ware, 'cellar', 1);
    expect(await shop.seen(ware)).toBe('in-stock');
    await shop.receive(ware, 'attic', 1);
    await shop.buy([ware, 1]);
    expect(await shop.seen(ware)).toBe('out-of-stock');
    expect(await shop.places(ware)).toEqual({ attic: 1, cellar: 0, main: 0 });
  });

  it('come from the first location that has all pieces, else from each in turn', async () => {
    await shop.sellFrom('main', 'cellar', 'attic');
    const ware = await shop.ware({ main: 2, cellar: 3, attic: 5 });
    await shop.buy([ware, 3]);
    expect(await shop.places(ware)).toEqual({ main: 2, cellar: 0, attic: 5 });
    await shop.buy([ware, 6]);
    expect(await shop.places(ware)).toEqual({ main: 0, cellar: 0, attic: 1 });
    await expect(shop.buy([ware, 2])).rejects.toMatchObject(NOT_ENOUGH);
    expect(await shop.places(ware)).toEqual({ main: 0, cellar: 0, attic: 1 });
    await shop.sellFrom('attic', 'main');
    const other = await shop.ware({ main: 2, attic: 2 });
    await shop.buy([ware, 1], [other, 2]);
    expect([await shop.places(ware), await shop.places(other)]).toEqual([
      { main: 0, cellar: 0, attic: 0 },
      { main: 2, attic: 0 },
    ]);
  });

  it('are ordered beyond what is there only when they are nowhere', async () => {
    await shop.sellFrom('main', 'cellar');
    const ware = await shop.ware({ main: 1, cellar: 2 }, true);
    await shop.buy([ware, 2]);
    expect(await shop.places(ware)).toEqual({ main: 1, cellar: 0 });
    await shop.buy([ware, 3]);
    expect(await shop.places(ware)).toEqual({ main: -2, cellar: 0 });
    expect(await shop.seen(ware)).toBe('backorder');
    // What the main location owes is not made up by the cellar.
    await shop.receive(ware, 'cellar', 1);
    expect(await shop.seen(ware)).toBe('in-stock');
    await shop.buy([ware, 1]);
    expect(await shop.places(ware)).toEqual({ main: -2, cellar: 0 });
  });

  it('cost no statement more where one location has them', async () => {
    const { replica, store } = shop.shop;
    const ware = await shop.ware({ main: 5, cellar: 5 });
    const taker = shop.shop.app.get(StockTaker);
    const demand = [{ variantId: ware.variantId, quantity: 1 }];
    const statementsOf = (from: readonly string[], wanted = demand) =>
      shop.sellFrom(...from).then(() =>
        replica.unitOfWork.run(async (tx) => {
          let count = 0;
          const counting = Object.create(tx, {
            query: { value: (...all: Parameters<typeof tx.query>) => (count++, tx.query(...all)) },
            execute: {
              value: (...all: Parameters<typeof tx.execute>) => (count++, tx.execute(...all)),
            },
          }) as typeof tx;
          await taker.take(counting, store.id, wanted);
          return count;
        }),
      );
    expect(await statementsOf(['main'])).toBe(2);
    expect(await statementsOf(['main', 'cellar'])).toBe(2);
    const many = [{ variantId: ware.variantId, quantity: 6 }];
    expect(await statementsOf(['main', 'cellar'], many)).toBe(4);
  });

  it('are sold once, with many at once, split over two locations', async () => {
    await shop.sellFrom('main', 'cellar');
    const [ware, other] = [
      await shop.ware({ main: 7, cellar: 6 }),
      await shop.ware({ main: 40, cellar: 40 }),
    ];
    const carts = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        index % 2 === 0 ? shop.cart([ware, 2], [other, 1]) : shop.cart([other, 1], [ware, 2]),
      ),
    );
    const outcomes = await Promise.allSettled(carts.map((cart) => shop.order(cart)));
    const isPlaced = ({ status }: PromiseSettledResult<unknown>) => status === 'fulfilled';
    expect(outcomes.filter(isPlaced)).toHaveLength(6);
    const { main = 0, cellar = 0 } = await shop.places(ware);
    expect([main + cellar, Math.min(main, cellar)]).toEqual([1, 0]);
    const rest = await shop.places(other);
    expect((rest['main'] ?? 0) + (rest['cellar'] ?? 0)).toBe(74);
  });

  it('are kept for carts at several locations, and ordered from there', async () => {
    await shop.sellFrom('main', 'cellar');
    const settings = shop.shop.app.get(StoreSettingsEditor);
    const keep = (version: number, minutes: number | null) =>
      settings.change(shop.shop.store.code, 'sales', version, (sales) => ({
        ...sales,
        stockHolds: minutes === null ? null : { minutes, pieces: 5 },
      }));
    const { version } = await keep(1, 10);
    const ware = await shop.ware({ main: 1, cellar: 2 });
    const cart = await shop.cart([ware, 3]);
    expect(await shop.reserved(ware)).toEqual({ cellar: 2, main: 1 });
    expect(await shop.seen(ware)).toBe('out-of-stock');
    await shop.places(ware);
    const carts = shop.shop.app.get(CartEditor);
    const line = (await carts.get(cart)).lines[0]?.id ?? '';
    await carts.setQuantity(cart, undefined, line, 2);
    const { main = 0, cellar = 0 } = await shop.reserved(ware);
    expect(main + cellar).toBe(2);
    await carts.setQuantity(cart, undefined, line, 3);
    // Others get nothing of it, and who has it gets it also when the location is sold from no more.
    await shop.sellFrom('main');
    const rival = await shop.cart([ware, 1]);
    expect((await carts.get(rival)).lines).toEqual([]);
    await shop.order(cart);
    expect(await shop.places(ware)).toEqual({ main: 0, cellar: 0 });
    expect(await shop.reserved(ware)).toEqual({});
    await shop.sellFrom('main', 'cellar');
    // What is kept in the cellar is free again once the order has its goods from elsewhere.
    const moved = await shop.ware({ cellar: 1 });
    const early = await shop.cart([moved, 1]);
    expect(await shop.reserved(moved)).toEqual({ cellar: 1 });
    await shop.receive(moved, 'main', 1);
    await shop.order(early);
    expect(await shop.places(moved)).toEqual({ main: 0, cellar: 1 });
    expect(await shop.reserved(moved)).toEqual({});
    const given = await shop.ware({ main: 1, cellar: 1 });
    const guest = await shop.cart([given, 2]);
    expect(await shop.reserved(given)).toEqual({ cellar: 1, main: 1 });
    await shop.shop.replica.unitOfWork.run((tx) =>
      shop.shop.app.get(StockHolds).release(tx, [guest.id]),
    );
    expect(await shop.reserved(given)).toEqual({});
    await keep(version, null);
  });

  it('are taken first from where they are fetched', async () => {
    await shop.sellFrom('main', 'cellar');
    const settings = shop.shop.app.get(StoreSettingsEditor);
    const { code } = shop.shop.store;
    const fetched = {
      code: 'fetch',
      name: 'Fetch it',
      countries: [],
      pricesMinor: { EUR: 0 },
      freeFromMinor: {},
      pickUp: { location: 'cellar', address: someAddress },
    };
    await settings.change(code, 'sales', 3, (sales) => ({
      ...sales,
      shippingMethods: [...sales.shippingMethods, fetched],
    }));
    const ware = await shop.ware({ main: 5, cellar: 2 });
    await shop.order(await shop.cart([ware, 2]), 'fetch');
    expect(await shop.places(ware)).toEqual({ main: 5, cellar: 0 });
    await shop.order(await shop.cart([ware, 1]), 'fetch');
    expect(await shop.places(ware)).toEqual({ main: 4, cellar: 0 });
  });
});
