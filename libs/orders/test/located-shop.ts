import { LocationEditor, StockDirectory, StockMover } from '#authoring/inventory';
import { CartEditor, type CartAddress } from '#libs/carts';
import { PrimaryReader, sql } from '#libs/database';
import { AvailabilityReader } from '#libs/inventory';
import { newId } from '#libs/kernel';
import { StoreReader } from '#libs/stores';
import type { OpenDatabaseFixture } from '#libs/testing';
import { productDraft, variantDraft } from '../../catalog/test/catalog-drafts.js';
import { someAddress } from '../../stores/test/some-address.js';
import { OrderShop } from './order-shop.js';

/** What is on hand by location. */
export type Places = Readonly<Record<string, number>>;

interface LocatedWare {
  readonly sku: string;
  readonly productId: string;
  readonly variantId: string;
}

/** A store with the locations `main`, `cellar` and `attic`, of which nothing but the first is sold from so far. */
export class LocatedShop {
  private wares = 0;

  private constructor(readonly shop: OrderShop) {}

  static async start(open: OpenDatabaseFixture): Promise<LocatedShop> {
    const located = new LocatedShop(await OrderShop.start(open));
    for (const code of ['attic', 'cellar']) {
      await located.shop.app
        .get(LocationEditor)
        .create(located.shop.store.code, { code, name: code });
    }
    // The first ware makes the main location.
    await located.ware({ main: 1 });
    return located;
  }

  /** From now on these are sold from, in this order, and no others. */
  async sellFrom(...codes: readonly string[]): Promise<void> {
    const { store, app } = this.shop;
    for (const { code, name, version } of await app.get(StockDirectory).listLocations(store.code)) {
      const at = codes.indexOf(code);
      const content = { name, salePriority: at < 0 ? null : at + 1 };
      await app.get(LocationEditor).update({ storeCode: store.code, code }, version, content);
    }
  }

  /** So much of a new ware. */
  async ware(places: Places, allowsBackorder = false): Promise<LocatedWare> {
    this.wares += 1;
    const sku = `WARE-${this.wares}`;
    const prices = [{ currency: 'EUR', amountMinor: 100, compareAtMinor: null }];
    const stock = { onHand: places['main'] ?? 0, isTracked: true, allowsBackorder };
    await this.shop.replica.saveMany(this.shop.store, [
      productDraft(sku.toLowerCase(), { variants: [variantDraft({ sku, prices, stock })] }),
    ]);
    const [row] = await this.database.query<{ id: string; product_id: string }>(sql`
      SELECT id, product_id
      FROM product_variant
      WHERE sku = ${sku} AND store_id = ${this.shop.store.id}`);
    const ware = { sku, variantId: row?.id ?? '', productId: row?.product_id ?? '' };
    for (const [location, quantity] of Object.entries(places)) {
      if (location !== 'main' && quantity > 0) await this.receive(ware, location, quantity);
    }
    return ware;
  }

  async receive(
    { productId, variantId }: LocatedWare,
    location: string,
    quantity: number,
  ): Promise<void> {
    const address = { storeCode: this.shop.store.code, productId, variantId };
    const given = { reference: 'Note 7', key: newId() };
    await this.shop.app
      .get(StockMover)
      .move(address, { kind: 'receipt', location, quantity }, given);
  }

  /** What is on hand at each location, which is the sum of its ledger, as what is reserved is the sum of its holds. */
  async places({ variantId }: LocatedWare): Promise<Places> {
    const rows = await this.database.query<{
      code: string;
      on_hand: number;
      booked: number | null;
      reserved: number;
      held: number | null;
    }>(sql`
      SELECT l.code, s.on_hand, s.reserved,
        (SELECT SUM(e.quantity) FROM stock_ledger e
          WHERE e.variant_id = s.variant_id AND e.location_id = s.location_id) AS booked,
        (SELECT SUM(h.quantity) FROM stock_hold h
          WHERE h.variant_id = s.variant_id AND h.location_id = s.location_id) AS held
      FROM stock_item s
      JOIN location l ON l.id = s.location_id
      WHERE s.variant_id = ${variantId}
      ORDER BY l.code`);
    for (const row of rows) {
      if ((row.booked ?? 0) !== row.on_hand || (row.held ?? 0) !== row.reserved) {
        throw new Error(`the ledger says otherwise: ${JSON.stringify(row)}`);
      }
    }
    return Object.fromEntries(rows.map(({ code, on_hand: onHand }) => [code, onHand]));
  }

  /** What is reserved at each location where something is. */
  async reserved({ variantId }: LocatedWare): Promise<Places> {
    const rows = await this.database.query<{ code: string; reserved: number }>(sql`
      SELECT l.code, s.reserved
      FROM stock_item s
      JOIN location l ON l.id = s.location_id
      WHERE s.variant_id = ${variantId} AND s.reserved <> 0
      ORDER BY l.code`);
    return Object.fromEntries(rows.map(({ code, reserved }) => [code, reserved]));
  }

  /** As shoppers see it, from the cache. */
  async seen({ productId, variantId }: LocatedWare): Promise<string> {
    const shown = await this.shop.app.get(AvailabilityReader).get(productId);
    return shown[variantId] ?? 'out-of-stock';
  }

  async cart(...items: readonly (readonly [LocatedWare, number])[]): Promise<CartAddress> {
    const sight = await this.shop.app.get(StoreReader).sight(this.shop.store.code, 'en', 'EUR');
    const carts = this.shop.app.get(CartEditor);
    const { token, cart } = await carts.create(sight);
    const held = { id: cart.cart.id, token };
    const wanted = items.map(([{ sku }, quantity]) => ({ sku, quantity }));
    await carts.addItems(held, undefined, wanted);
    return held;
  }

  async order(cart: CartAddress, shippingMethod = 'post') {
    const { totals } = await this.shop.app.get(CartEditor).setDetails(cart, undefined, {
      email: 'ada@example.com',
      shippingAddress: someAddress,
      shippingMethod,
      paymentMethod: 'invoice',
    });
    return this.shop.order(cart, totals.totalMinor);
  }

  async buy(...items: readonly (readonly [LocatedWare, number])[]) {
    return this.order(await this.cart(...items));
  }

  private get database(): PrimaryReader {
    return this.shop.app.get(PrimaryReader);
  }
}
