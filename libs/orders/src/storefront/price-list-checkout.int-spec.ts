import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import {
  CustomerEditor,
  CustomerGroupEditor,
  CustomersAuthoringModule,
} from '#authoring/customers';
import { RelativeListEditor, PriceEditor } from '#authoring/pricing';
import { ProductDirectory } from '#authoring/catalog';
import { CartEditor } from '#libs/carts';
import { DatabaseClock, PrimaryReader, sql } from '#libs/database';
import { EXACT, type RelativeListContent } from '#libs/pricing';
import { BuyerSources } from '#libs/promotions';
import { describeOnEachDatabase } from '#libs/testing';
import type { CatalogReplica } from '../../../catalog/test/catalog-replica.js';
import { ShopperAccessModule } from '../../../customers/src/storefront/shopper-access.module.js';
import { addCustomer } from '../../../customers/test/add-customer.js';
import { PromotedShop } from '../../test/promoted-shop.js';
import { betweenPlanAndPlacing } from '../../test/between-plan-and-placing.js';

const DEALER = 'dealer@example.com';
const totalOf = (amount: number) => ({
  code: 'orders.total-changed',
  details: { total: { amount, currency: 'EUR' } },
});

describeOnEachDatabase('a checkout with a relative price list', (open) => {
  let replica: CatalogReplica;
  let shop: PromotedShop;

  beforeAll(async () => {
    replica = await PromotedShop.startReplica(open, [
      ShopperAccessModule,
      CustomersAuthoringModule,
    ]);
    // Puts guests into a group, too, which keeps most cases short.
    replica.app.get(BuyerSources).register({
      groupsOf: async ({ email }) => (email === DEALER ? ['trade'] : []),
    });
  });

  beforeEach(async () => {
    shop = await PromotedShop.open(replica);
  });

  afterAll(() => replica.close());

  const content = (changes: Partial<RelativeListContent> = {}): RelativeListContent => ({
    code: 'trade',
    name: 'Trade',
    currency: 'EUR',
    priority: 10,
    customerGroup: 'trade',
    validFrom: null,
    validUntil: null,
    rule: { shift: { kind: 'percent', percentPpm: -100_000 }, rounding: EXACT },
    ...changes,
  });

  const editor = () => replica.app.get(RelativeListEditor);
  const listed = (changes: Partial<RelativeListContent> = {}, storeCode = shop.store.code) =>
    editor().create(storeCode, content(changes));

  const setBase = async (amountMinor: number): Promise<void> => {
    const { code: storeCode, id } = shop.store;
    const [row] = await replica.app
      .get(PrimaryReader)
      .query<{ id: string }>(sql`SELECT id FROM product WHERE store_id = ${id} ORDER BY id`);
    const productId = row?.id ?? '';
    const { variants } = await replica.app.get(ProductDirectory).get(storeCode, productId);
    const [variant] = variants;
    const address = { storeCode, productId, variantId: variant?.id ?? '' };
    const version = variant?.prices.find(({ currency }) => currency === 'EUR')?.version ?? 0;
    const price = { currency: 'EUR', amountMinor, compareAtMinor: null };
    await replica.app.get(PriceEditor).set(address, version, price);
  };

  it('prices the carts of its group, says why, and charges what the cart showed', async () => {
    const list = await listed();
    const held = await shop.fill(DEALER);
    const cart = await shop.look(held);
    expect(cart.lines).toMatchObject([
      {
        totals: { unitPriceMinor: 900 },
        priceReason: { list: 'trade', name: 'Trade', rule: list.rule, baseMinor: 1_000 },
      },
    ]);
    expect(await shop.order(held, cart)).toMatchObject({ totalMinor: 2 * 900 + 490 });
    const guest = await shop.look(await shop.fill('guest@example.com'));
    expect(guest.lines).toMatchObject([{ totals: { unitPriceMinor: 1_000 }, priceReason: null }]);
  });

  it('follows the base price, and tells shoppers what has changed', async () => {
    await listed();
    const held = await shop.fill(DEALER);
    // Who buys is known from here on.
    await replica.app.get(CartEditor).setDetails(held, undefined, {});
    await setBase(2_000);
    const { lines } = await shop.look(held);
    expect(lines).toMatchObject([
      {
        totals: { unitPriceMinor: 1_800 },
        change: { kind: 'price', beforeMinor: 900, afterMinor: 1_800 },
      },
    ]);
  });

  it('plans again when the base price changes, and refuses the total that no longer holds', async () => {
    await listed();
    const held = await shop.fill(DEALER);
    await betweenPlanAndPlacing(
      replica,
      () => setBase(2_000),
      () => expect(shop.order(held)).rejects.toMatchObject(totalOf(2 * 1_800 + 490)),
    );
  });

  it('plans again when a list comes, changes or goes', async () => {
    const held = await shop.fill(DEALER);
    const address = { storeCode: shop.store.code, id: '' };
    const half = { shift: { kind: 'percent' as const, percentPpm: -500_000 }, rounding: EXACT };
    const steps: [() => Promise<unknown>, number][] = [
      [() => listed().then(({ id }) => Object.assign(address, { id })), 900],
      [() => editor().replace(address, 1, content({ rule: half })), 500],
      [() => editor().remove(address, 2), 1_000],
    ];
    for (const [change, unitMinor] of steps) {
      await betweenPlanAndPlacing(replica, change, () =>
        expect(shop.order(held)).rejects.toMatchObject(totalOf(2 * unitMinor + 490)),
      );
    }
  });

  it('plans again when the customer comes to another group', async () => {
    await listed();
    const { code: storeCode } = shop.store;
    const { id, email } = await addCustomer(replica.unitOfWork, shop.store);
    await replica.app.get(CustomerGroupEditor).create(storeCode, { code: 'trade', name: 'Trade' });
    const put = (group: string | null, version: number) =>
      replica.app.get(CustomerEditor).update({ storeCode, id }, version, { group });
    const held = await shop.fillOf(id, email);
    for (const [index, group, unitMinor] of [
      [1, 'trade', 900],
      [2, null, 1_000],
    ] as const) {
      await betweenPlanAndPlacing(
        replica,
        () => put(group, index),
        () => expect(shop.order(held)).rejects.toMatchObject(totalOf(2 * unitMinor + 490)),
      );
    }
  });

  it('is not held up by lists of another store', async () => {
    const other = await replica.addStore();
    const held = await shop.fill(DEALER);
    const plans = await betweenPlanAndPlacing(
      replica,
      () => listed({}, other.code),
      () => shop.order(held),
    );
    expect(plans).toBe(1);
  });

  it('begins and ends at its instant, although nothing is voided', async () => {
    const clock = replica.app.get(DatabaseClock);
    const now = clock.wallMs();
    await listed({ validFrom: now + 60_000, validUntil: now + 120_000 });
    const held = await shop.fill(DEALER);
    const wallMs = clock.wallMs.bind(clock);
    const after = async <Result>(ms: number, work: () => Promise<Result>): Promise<Result> => {
      clock.wallMs = () => now + ms;
      try {
        return await work();
      } finally {
        clock.wallMs = wallMs;
      }
    };
    const at = async (ms: number) =>
      (await after(ms, () => shop.look(held))).lines[0]?.totals?.unitPriceMinor;
    expect([await at(59_999), await at(60_000), await at(120_000)]).toEqual([1_000, 900, 1_000]);
    const seen = await after(119_999, () => shop.look(held));
    const late = after(120_000, () => shop.order(held, seen));
    await expect(late).rejects.toMatchObject(totalOf(2 * 1_000 + 490));
  });

  it('is refused with a code or a place that another has, for another store, and in a stale version', async () => {
    const other = await replica.addStore();
    const { id } = await listed();
    const taken = { code: 'pricing.list-taken' };
    await expect(listed({ priority: 11 })).rejects.toMatchObject(taken);
    await expect(listed({ code: 'dealers' })).rejects.toMatchObject(taken);
    await listed({ code: 'dealers', priority: 11 });
    await listed({ code: 'dollars', currency: 'USD' });
    await listed({}, other.code);
    await expect(listed({ code: 'base-chf' })).rejects.toMatchObject({
      code: 'pricing.list-invalid',
    });
    const notFound = { code: 'pricing.list-not-found' };
    const foreign = { storeCode: other.code, id };
    await expect(editor().remove(foreign, 1)).rejects.toMatchObject(notFound);
    await expect(editor().replace(foreign, 1, content())).rejects.toMatchObject(notFound);
    const own = { storeCode: shop.store.code, id };
    await expect(editor().remove(own, 2)).rejects.toMatchObject({ code: 'http.stale-version' });
    const results = await Promise.allSettled(
      [1, 2].map((each) => editor().replace(own, 1, content({ name: `Trade ${each}` }))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
