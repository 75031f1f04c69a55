import { StoreSettingsEditor } from '#authoring/stores';
import { CartEditor, type CartAddress } from '#libs/carts';
import { PrimaryReader, sql } from '#libs/database';
import { StoreReader, type StockHoldRules } from '#libs/stores';
import type { OpenDatabaseFixture } from '#libs/testing';
import type { VariantDraft } from '../../catalog/src/model/product-draft.js';
import { productDraft, variantDraft } from '../../catalog/test/catalog-drafts.js';
import { someAddress } from '../../stores/test/some-address.js';
import { OrderShop } from './order-shop.js';

/** A stock item, and what is kept of it for whom. */
export interface HeldItem {
  readonly onHand: number;
  readonly reserved: number;
  readonly holds: readonly { readonly holder: string; readonly quantity: number }[];
}

const PRICE_MINOR = 100;

/** A store that keeps goods for carts, for ten minutes and up to five pieces of an item. */
export class HoldingShop {
  private wares = 0;
  /** Of the sales settings. */
  private version = 1;

  private constructor(readonly shop: OrderShop) {}

  static async start(open: OpenDatabaseFixture): Promise<HoldingShop> {
    const shop = await OrderShop.start(open);
    const holding = new HoldingShop(shop);
    await holding.keep({ minutes: 10, pieces: 5 });
    return holding;
  }

  async keep(stockHolds: StockHoldRules | null): Promise<void> {
    const editor = this.shop.app.get(StoreSettingsEditor);
    const change = editor.change(this.shop.store.code, 'sales', this.version, (sales) => ({
      ...sales,
      stockHolds,
    }));
    ({ version: this.version } = await change);
  }

  get carts(): CartEditor {
    return this.shop.app.get(CartEditor);
  }

  /** The SKU of a new ware. */
  async ware(onHand: number, allowsBackorder = false): Promise<string> {
    this.wares += 1;
    const sku = `WARE-${this.wares}`;
    await this.save(sku, [this.variant(sku, onHand, allowsBackorder)]);
    return sku;
  }

  /** The variant of a ware goes, and another comes. */
  async replace(sku: string): Promise<void> {
    const other = this.variant(`${sku}-NEW`, 1, false);
    await this.save(sku, [{ ...other, optionValues: ['New'] }], ['Size']);
  }

  private async save(
    ware: string,
    variants: readonly VariantDraft[],
    options: readonly string[] = [],
  ): Promise<void> {
    const draft = productDraft(ware.toLowerCase(), { options, variants });
    await this.shop.replica.saveMany(this.shop.store, [draft]);
  }

  private variant(sku: string, onHand: number, allowsBackorder: boolean): VariantDraft {
    const prices = [{ currency: 'EUR', amountMinor: PRICE_MINOR, compareAtMinor: null }];
    return variantDraft({ sku, prices, stock: { onHand, isTracked: true, allowsBackorder } });
  }

  async cart(): Promise<CartAddress> {
    const sight = await this.shop.app.get(StoreReader).sight(this.shop.store.code, 'en', 'EUR');
    const { token, cart } = await this.carts.create(sight);
    return { id: cart.cart.id, token };
  }

  /** What became of each item. */
  async add(cart: CartAddress, ...items: readonly (readonly [string, number])[]) {
    const wanted = items.map(([sku, quantity]) => ({ sku, quantity }));
    return (await this.carts.addItems(cart, undefined, wanted)).items;
  }

  /** A cart that has so much of a ware, or as much as there is. */
  async cartWith(sku: string, quantity: number): Promise<CartAddress> {
    const cart = await this.cart();
    await this.add(cart, [sku, quantity]);
    return cart;
  }

  async lineOf(cart: CartAddress, sku: string) {
    const { lines } = await this.carts.get(cart);
    return lines.find((line) => line.sku === sku);
  }

  async set(cart: CartAddress, sku: string, quantity: number): Promise<void> {
    const line = await this.lineOf(cart, sku);
    await this.carts.setQuantity(cart, undefined, line?.id ?? '', quantity);
  }

  /** Says what an order needs, and orders. */
  async order(cart: CartAddress) {
    const { totals } = await this.carts.setDetails(cart, undefined, {
      email: 'ada@example.com',
      shippingAddress: someAddress,
      shippingMethod: 'post',
      paymentMethod: 'invoice',
    });
    return this.shop.order(cart, totals.totalMinor);
  }

  /** The time of every hold of a cart is over. */
  expire(cart: CartAddress): Promise<number> {
    return this.shop.replica.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE stock_hold SET expires_at = 1 WHERE holder_id = ${cart.id}`),
    );
  }

  /** The cart has had goods kept since so many minutes ago. */
  heldFor(cart: CartAddress, minutes: number): Promise<number> {
    const since = Date.now() - minutes * 60_000;
    return this.shop.replica.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE cart SET holding_since = ${since} WHERE id = ${cart.id}`),
    );
  }

  async item(sku: string): Promise<HeldItem> {
    const database = this.shop.app.get(PrimaryReader);
    const [item] = await database.query<{ id: string; onHand: number; reserved: number }>(sql`
      SELECT v.id, i.on_hand AS "onHand", i.reserved
      FROM stock_item i
      JOIN product_variant v ON v.id = i.variant_id
      WHERE v.sku = ${sku} AND v.store_id = ${this.shop.store.id}`);
    const holds = await database.query<HeldItem['holds'][number]>(sql`
      SELECT holder_id AS holder, quantity
      FROM stock_hold
      WHERE variant_id = ${item?.id ?? ''}
      ORDER BY holder_id`);
    return { onHand: item?.onHand ?? 0, reserved: item?.reserved ?? 0, holds };
  }

  async expiryOf(cart: CartAddress): Promise<number> {
    const [hold] = await this.shop.app.get(PrimaryReader).query<{ at: number }>(sql`
      SELECT MAX(expires_at) AS at
      FROM stock_hold
      WHERE holder_id = ${cart.id}`);
    return hold?.at ?? 0;
  }
}
