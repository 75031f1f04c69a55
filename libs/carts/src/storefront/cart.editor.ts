import { Injectable } from '@nestjs/common';
import { SellableReader, type SkuAddress } from '#libs/catalog';
import { DatabaseClock, PrimaryReader, UnitOfWork, type Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import type { StoreSight } from '#libs/stores';
import {
  cartLimits,
  type Cart,
  type CartAddress,
  type CartDetails,
  type CartLine,
} from '../model/cart.js';
import { newToken } from '../model/cart-token.js';
import { cartsErrors } from '../model/carts.errors.js';
import type { PricedCart } from '../model/priced-cart.js';
import { CartPricing } from './cart-pricing.js';
import { CartRepository } from './cart.repository.js';

export interface WantedItem {
  readonly sku: string;
  /** At least 1. */
  readonly quantity: number;
}

/** What became of an item that was asked for. */
export type ItemOutcome =
  | { readonly sku: string; readonly isAdded: true; readonly quantity: number }
  | {
      readonly sku: string;
      readonly isAdded: false;
      readonly reason: 'unknown-sku' | 'too-many' | 'cart-full';
    };

/** Which write a client bases on what it has read; undefined: on whatever there is. */
export type CartVersion = number | undefined;

const LIFE_MS = 30 * 24 * 3_600_000;

/**
 * Carts, as their owners change them; one unit of work each. Writes to one cart take turns, so none is
 * lost; based on a version (`http.stale-version`) or not. The answer is priced from memory, and what it
 * shows is noted as seen.
 *
 * Every method throws `carts.cart-not-found` for an unknown cart and for a wrong token alike, and
 * `carts.cart-ordered` once an order was made of it.
 */
@Injectable()
export class CartEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly carts: CartRepository,
    private readonly sellables: SellableReader,
    private readonly pricing: CartPricing,
  ) {}

  /** A new cart; only this answer has its token. */
  async create({ store, locale, currency }: StoreSight): Promise<{
    readonly token: string;
    readonly cart: PricedCart;
  }> {
    const now = this.clock.wallMs();
    const address = { id: newId(), token: newToken() };
    const cart = await this.unitOfWork.run(async (tx) => {
      await this.carts.insert(tx, {
        ...address,
        storeId: store.id,
        storeCode: store.code,
        currency,
        locale,
        now,
        expiresAt: now + LIFE_MS,
      });
      return this.carts.get(tx, address, now);
    });
    return { token: address.token, cart: await this.pricing.price(cart, now) };
  }

  async get(address: CartAddress): Promise<PricedCart> {
    const now = this.clock.wallMs();
    return this.pricing.price(await this.carts.get(this.database, address, now), now);
  }

  /** Adds to what there is already; what cannot be added is told item by item, the rest is added. */
  async addItems(
    address: CartAddress,
    version: CartVersion,
    items: readonly WantedItem[],
  ): Promise<{ readonly cart: PricedCart; readonly items: readonly ItemOutcome[] }> {
    const { storeId, locale } = await this.carts.get(this.database, address, this.clock.wallMs());
    const found = await this.sellables.resolve(
      storeId,
      items.map(({ sku }) => sku),
    );
    const productIds = [...found.values()].map(({ productId }) => productId);
    const sold = await this.sellables.list({ storeId, locale }, productIds);
    const known = new Map([...found].filter(([, { variantId }]) => sold.has(variantId)));
    let outcomes: readonly ItemOutcome[] = [];
    const cart = await this.write(address, version, async (tx, { id, lines }) => {
      outcomes = await this.putIn(tx, id, lines, known, items);
    });
    return { cart, items: outcomes };
  }

  /** 0 takes the item out. Throws `carts.item-not-found`. */
  setQuantity(
    address: CartAddress,
    version: CartVersion,
    lineId: string,
    quantity: number,
  ): Promise<PricedCart> {
    return this.write(address, version, async (tx, { id }) => {
      const isThere = await this.carts.setQuantity(tx, id, lineId, quantity);
      if (!isThere) throw cartsErrors.itemNotFound();
    });
  }

  /** E-mail, addresses and methods; what is not named stays. */
  setDetails(
    address: CartAddress,
    version: CartVersion,
    details: Partial<CartDetails>,
  ): Promise<PricedCart> {
    return this.write(address, version, (tx, { id }) => this.carts.setDetails(tx, id, details));
  }

  private async write(
    address: CartAddress,
    version: CartVersion,
    change: (tx: Transaction, cart: Cart) => Promise<void>,
  ): Promise<PricedCart> {
    const now = this.clock.wallMs();
    const written = await this.unitOfWork.run(async (tx) => {
      await this.carts.claim(tx, address, { now, expiresAt: now + LIFE_MS, version });
      await change(tx, await this.carts.get(tx, address, now));
      return this.carts.get(tx, address, now);
    });
    const priced = await this.pricing.price(written, now);
    await this.noteSeen(priced);
    return priced;
  }

  /** Apart from the write, because prices are not read inside a unit of work; a lost note only repeats a hint. */
  private async noteSeen({ cart, lines }: PricedCart): Promise<void> {
    const seenBefore = new Map(cart.lines.map(({ id, seenMinor }) => [id, seenMinor]));
    const seen = lines
      .map(({ id, totals }) => ({ lineId: id, seenMinor: totals?.unitPriceMinor ?? null }))
      .filter(({ lineId, seenMinor }) => seenBefore.get(lineId) !== seenMinor);
    if (seen.length === 0) return;
    await this.unitOfWork.run((tx) => this.carts.noteSeen(tx, cart.id, seen));
  }

  private async putIn(
    tx: Transaction,
    cartId: string,
    lines: readonly CartLine[],
    known: ReadonlyMap<string, SkuAddress>,
    items: readonly WantedItem[],
  ): Promise<ItemOutcome[]> {
    const quantities = new Map(lines.map(({ variantId, quantity }) => [variantId, quantity]));
    const lineOf = new Map(lines.map(({ variantId, id }) => [variantId, id]));
    const fresh = new Map<string, Omit<CartLine, 'seenMinor'>>();
    const raised = new Map<string, number>();
    const outcomes = items.map(({ sku, quantity }): ItemOutcome => {
      const target = known.get(sku);
      if (target === undefined) return { sku, isAdded: false, reason: 'unknown-sku' };
      const { variantId } = target;
      const before = quantities.get(variantId);
      const after = (before ?? 0) + quantity;
      if (after > cartLimits.quantity) return { sku, isAdded: false, reason: 'too-many' };
      if (before === undefined && quantities.size >= cartLimits.lines) {
        return { sku, isAdded: false, reason: 'cart-full' };
      }
      quantities.set(variantId, after);
      const lineId = lineOf.get(variantId);
      if (lineId === undefined) {
        fresh.set(variantId, {
          ...target,
          id: fresh.get(variantId)?.id ?? newId(),
          quantity: after,
        });
      } else raised.set(lineId, after);
      return { sku, isAdded: true, quantity: after };
    });
    await this.carts.addLines(tx, cartId, [...fresh.values()]);
    for (const [lineId, quantity] of raised) {
      await this.carts.setQuantity(tx, cartId, lineId, quantity);
    }
    return outcomes;
  }
}
