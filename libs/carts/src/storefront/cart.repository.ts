import { Injectable } from '@nestjs/common';
import { StockHolds } from '#libs/inventory';
import {
  insertRows,
  sql,
  type SqlQueries,
  type SqlStatement,
  type Transaction,
} from '#libs/database';
import { staleVersion } from '#libs/kernel';
import type { HeldCoupon } from '#libs/promotions';
import { cartsErrors } from '../model/carts.errors.js';
import { hashOfToken } from '../model/cart-token.js';
import { cartTopic } from '../model/cart-topic.js';
import {
  type Cart,
  type CartAddress,
  type CartDetailsPatch,
  type CartLine,
  type CartOwner,
} from '../model/cart.js';
import { cartOf, type CartRow, type LineRow } from './cart-rows.js';

/** A cart as it is begun. */
export interface NewCart {
  readonly id: string;
  readonly storeId: string;
  readonly storeCode: string;
  readonly token: string;
  readonly customerId: string | null;
  readonly currency: string;
  readonly locale: string;
  readonly now: number;
  readonly expiresAt: number;
}

/** Carts and their lines; every statement names the owner, so that an id alone finds nothing. */
@Injectable()
export class CartRepository {
  constructor(private readonly holds: StockHolds) {}

  /** Throws `carts.cart-not-found`, also for a wrong token and what has expired. */
  async get(queries: SqlQueries, address: CartAddress, now: number): Promise<Cart> {
    const cart = await this.find(
      queries,
      sql`id = ${address.id} AND ${isOpenedBy(address)} AND expires_at > ${now}`,
    );
    if (cart === undefined) throw cartsErrors.cartNotFound();
    return cart;
  }

  /** For staff of the store. Throws `carts.cart-not-found`, also for one of another store and what has expired. */
  async getInStore(queries: SqlQueries, storeId: string, id: string, now: number): Promise<Cart> {
    const cart = await this.find(
      queries,
      sql`id = ${id} AND store_id = ${storeId} AND expires_at > ${now}`,
    );
    if (cart === undefined) throw cartsErrors.cartNotFound();
    return cart;
  }

  /** The open cart of a customer; of those there is at most one. */
  findOpenOf(queries: SqlQueries, { customerId }: CartOwner): Promise<Cart | undefined> {
    return this.find(queries, sql`customer_id = ${customerId} AND state = 'open'`);
  }

  /** The open cart of a guest at a store. */
  findOfGuest(
    queries: SqlQueries,
    storeId: string,
    { id, token }: CartAddress,
    now: number,
  ): Promise<Cart | undefined> {
    return this.find(
      queries,
      sql`id = ${id} AND ${isOpenedBy({ id, token })} AND store_id = ${storeId} AND state = 'open'
        AND expires_at > ${now}`,
    );
  }

  private async find(queries: SqlQueries, condition: SqlStatement): Promise<Cart | undefined> {
    const [row] = await queries.query<CartRow>(sql`
      SELECT id, store_id, store_code, customer_id, state, currency, locale, email,
        shipping_address_json, billing_address_json, shipping_method, payment_method, coupons_json,
        holding_since, version, expires_at
      FROM cart
      WHERE ${condition}`);
    if (row === undefined) return undefined;
    const lines = await queries.query<LineRow>(sql`
      SELECT id, product_id, variant_id, quantity, seen_minor
      FROM cart_line
      WHERE cart_id = ${row.id}
      ORDER BY id`);
    const cart = cartOf(row, lines);
    if (cart.holdingSince === null) return cart;
    return { ...cart, heldVariants: await this.holds.list(queries, cart.id) };
  }

  async insert(tx: Transaction, cart: NewCart): Promise<void> {
    await insertRows(tx, 'cart', [
      {
        id: cart.id,
        store_id: cart.storeId,
        store_code: cart.storeCode,
        token_hash: hashOfToken(cart.token),
        customer_id: cart.customerId,
        state: 'open',
        currency: cart.currency,
        locale: cart.locale,
        version: 1,
        expires_at: cart.expiresAt,
        created_at: cart.now,
        updated_at: cart.now,
      },
    ]);
  }

  /**
   * Counts the version up, which holds the cart until the unit of work ends: writes to one cart take
   * turns. Throws `carts.cart-not-found`, `carts.cart-ordered`, and `http.stale-version` when it is
   * not at `version` (undefined: whatever it is at).
   */
  async claim(
    tx: Transaction,
    address: CartAddress,
    { now, expiresAt, version }: { now: number; expiresAt: number; version: number | undefined },
  ): Promise<void> {
    const isAtVersion = version === undefined ? sql`1 = 1` : sql`version = ${version}`;
    const changed = await tx.execute(sql`
      UPDATE cart
      SET version = version + 1, updated_at = ${now}, expires_at = ${expiresAt}
      WHERE id = ${address.id} AND ${isOpenedBy(address)}
        AND expires_at > ${now} AND state = 'open' AND ${isAtVersion}`);
    tx.touch(cartTopic(address.id));
    if (changed === 1) return;
    const cart = await this.get(tx, address, now);
    throw cart.state === 'ordered' ? cartsErrors.cartOrdered() : staleVersion(cart.version);
  }

  /** The cart becomes an order; true when it was still the one at `version`. */
  async consume(tx: Transaction, cart: Cart, now: number): Promise<boolean> {
    const changed = await tx.execute(sql`
      UPDATE cart
      SET state = 'ordered', version = version + 1, updated_at = ${now}
      WHERE id = ${cart.id} AND version = ${cart.version} AND state = 'open'`);
    tx.touch(cartTopic(cart.id));
    return changed === 1;
  }

  async addLines(tx: Transaction, cartId: string, lines: readonly CartLine[]): Promise<void> {
    await insertRows(
      tx,
      'cart_line',
      lines.map(({ id, productId, variantId, quantity, seenMinor }) => ({
        id,
        cart_id: cartId,
        product_id: productId,
        variant_id: variantId,
        quantity,
        seen_minor: seenMinor,
      })),
    );
  }

  /** By the ids of the lines; true when all of them are there. */
  async setQuantities(
    tx: Transaction,
    cartId: string,
    quantities: ReadonlyMap<string, number>,
  ): Promise<boolean> {
    return this.setColumn(tx, cartId, 'quantity', quantities);
  }

  async removeLine(tx: Transaction, cartId: string, lineId: string): Promise<boolean> {
    const removed = await tx.execute(
      sql`DELETE FROM cart_line WHERE id = ${lineId} AND cart_id = ${cartId}`,
    );
    return removed === 1;
  }

  /** Notes what the shopper is about to be shown, by variant, so that the next look can tell what changed. */
  async noteSeen(
    tx: Transaction,
    { id, lines }: Cart,
    pricesMinor: ReadonlyMap<string, number>,
  ): Promise<void> {
    const seen = new Map<string, number>();
    for (const line of lines) {
      const priceMinor = pricesMinor.get(line.variantId) ?? line.seenMinor;
      if (priceMinor !== null && priceMinor !== line.seenMinor) seen.set(line.id, priceMinor);
    }
    await this.setColumn(tx, id, 'seen_minor', seen);
  }

  /** One statement for any number of lines. */
  private async setColumn(
    tx: Transaction,
    cartId: string,
    column: 'quantity' | 'seen_minor',
    values: ReadonlyMap<string, number>,
  ): Promise<boolean> {
    if (values.size === 0) return true;
    const cases = [...values].map(([id, value]) => sql`WHEN ${id} THEN ${value}`);
    const changed = await tx.execute(sql`
      UPDATE cart_line
      SET ${sql.identifier(column)} = CASE id ${sql.join(cases, ' ')} END
      WHERE cart_id = ${cartId} AND id IN ${sql.in([...values.keys()])}`);
    return changed === values.size;
  }

  async setCoupons(tx: Transaction, cartId: string, coupons: readonly HeldCoupon[]): Promise<void> {
    await tx.execute(sql`
      UPDATE cart
      SET coupons_json = ${JSON.stringify(coupons)}
      WHERE id = ${cartId}`);
  }

  async setDetails(tx: Transaction, cartId: string, details: CartDetailsPatch): Promise<void> {
    const { email, shippingAddress, billingAddress, shippingMethod, paymentMethod } = details;
    const changes = [
      email === undefined ? undefined : sql`email = ${email}`,
      shippingAddress === undefined
        ? undefined
        : sql`shipping_address_json = ${JSON.stringify(shippingAddress)}`,
      billingAddress === undefined
        ? undefined
        : sql`billing_address_json = ${billingAddress === null ? null : JSON.stringify(billingAddress)}`,
      shippingMethod === undefined ? undefined : sql`shipping_method = ${shippingMethod}`,
      paymentMethod === undefined ? undefined : sql`payment_method = ${paymentMethod}`,
    ].filter((change) => change !== undefined);
    if (changes.length === 0) return;
    await tx.execute(sql`
      UPDATE cart
      SET ${sql.join(changes, ', ')}
      WHERE id = ${cartId}`);
  }
}

/** A cart of a guest opens to its token, a cart of a customer to that customer alone. */
function isOpenedBy({ token, customer }: CartAddress): SqlStatement {
  const isGuests = sql`customer_id IS NULL AND token_hash = ${hashOfToken(token)}`;
  return customer === undefined
    ? isGuests
    : sql`(customer_id = ${customer.customerId} OR ${isGuests})`;
}
