import { Injectable } from '@nestjs/common';
import { SellableReader } from '#libs/catalog';
import { DatabaseClock, PrimaryReader, UnitOfWork, type Transaction } from '#libs/database';
import { inventoryErrors } from '#libs/inventory';
import { newId } from '#libs/kernel';
import type { StoreSight } from '#libs/stores';
import { CART_LIFE_MS, type Cart, type CartAddress, type CartDetailsPatch } from '../model/cart.js';
import { newToken } from '../model/cart-token.js';
import { cartsErrors } from '../model/carts.errors.js';
import {
  linesOncePlaced,
  placeItems,
  type ItemOutcome,
  type WantedItem,
} from '../model/placed-items.js';
import type { PricedCart } from '../model/priced-cart.js';
import { CartHolds } from './cart-holds.js';
import { CartPricing } from './cart-pricing.js';
import { CartRepository } from './cart.repository.js';

/** Which write a client bases on what it has read; undefined: on whatever there is. */
export type CartVersion = number | undefined;

/** What is looked at before a cart changes. */
interface Beforehand {
  readonly addedProductIds?: readonly string[];
  /** Rejects when the cart may not be changed so. */
  readonly check?: (cart: Cart) => Promise<void>;
  /** Rejects when there is too little of these variants, of those whose goods are kept; absent: that changes nothing. */
  readonly assertKept?: (before: Cart, after: Cart, short: ReadonlySet<string>) => void;
  /** The change keeps the goods itself. */
  readonly keepsItself?: boolean;
}

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
    private readonly holds: CartHolds,
  ) {}

  /** A new cart of a guest; only this answer has its token. */
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
        customerId: null,
        currency,
        locale,
        now,
        expiresAt: now + CART_LIFE_MS,
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
    const now = this.clock.wallMs();
    const { storeId, storeCode, locale } = await this.carts.get(this.database, address, now);
    const found = await this.sellables.resolve(
      storeId,
      items.map(({ sku }) => sku),
    );
    const productIds = [...found.values()].map(({ productId }) => productId);
    const sold = await this.sellables.list({ storeCode, locale }, productIds);
    const known = new Map([...found].filter(([, { variantId }]) => sold.has(variantId)));
    const rules = await this.holds.rulesOf(storeCode);
    let outcomes: readonly ItemOutcome[] = [];
    const change = async (tx: Transaction): Promise<void> => {
      const cart = await this.carts.get(tx, address, now);
      const wanted = placeItems(cart.lines, known, items);
      const lines = linesOncePlaced(cart.lines, wanted);
      const { short } = await this.holds.keep(tx, { ...cart, lines }, rules, now);
      const placed = short.size === 0 ? wanted : placeItems(cart.lines, known, items, short);
      await this.carts.addLines(tx, cart.id, placed.newLines);
      await this.carts.setQuantities(tx, cart.id, placed.raised);
      outcomes = placed.outcomes;
    };
    const cart = await this.write(address, version, change, {
      addedProductIds: productIds,
      keepsItself: true,
    });
    return { cart, items: outcomes };
  }

  /**
   * 0 takes the item out. Throws `carts.item-not-found`, and `inventory.not-enough` for more than can be kept for the cart, where the
   * store keeps goods for carts.
   */
  setQuantity(
    address: CartAddress,
    version: CartVersion,
    lineId: string,
    quantity: number,
  ): Promise<PricedCart> {
    const change = async (tx: Transaction): Promise<void> => {
      const isThere =
        quantity === 0
          ? await this.carts.removeLine(tx, address.id, lineId)
          : await this.carts.setQuantities(tx, address.id, new Map([[lineId, quantity]]));
      if (!isThere) throw cartsErrors.itemNotFound();
    };
    return this.write(address, version, change, {
      assertKept: (before, after, short) => {
        const { variantId = '' } = lineOf(after, lineId) ?? {};
        const isMore = quantity > (lineOf(before, lineId)?.quantity ?? 0);
        if (isMore && short.has(variantId)) {
          throw inventoryErrors.notEnough({ details: { variantIds: [variantId] } });
        }
      },
    });
  }

  /**
   * E-mail, addresses and methods; what is not named stays. A way of shipping that does not apply to the cart is kept, as it may
   * apply to another address; throws `carts.shipping-method-unknown` for one that the store does not have.
   */
  setDetails(
    address: CartAddress,
    version: CartVersion,
    details: CartDetailsPatch,
  ): Promise<PricedCart> {
    const { shippingMethod = null } = details;
    return this.write(
      address,
      version,
      (tx) => this.carts.setDetails(tx, address.id, details),
      shippingMethod === null
        ? {}
        : { check: ({ storeCode }) => this.pricing.assertShips(storeCode, shippingMethod) },
    );
  }

  /**
   * Changes a cart in one unit of work, in which the prices that the answer is about to show are noted as seen. They are
   * asked for before it, since nothing is read through the cache inside; what `check` throws is thrown before it, too.
   */
  async write(
    address: CartAddress,
    version: CartVersion,
    change: (tx: Transaction) => Promise<void>,
    { addedProductIds = [], check, assertKept, keepsItself = false }: Beforehand = {},
  ): Promise<PricedCart> {
    const now = this.clock.wallMs();
    const before = await this.carts.get(this.database, address, now);
    await check?.(before);
    const prices = await this.pricing.unitPrices(before, addedProductIds, now);
    const rules = await this.holds.rulesOf(before.storeCode);
    const written = await this.unitOfWork.run(async (tx) => {
      await this.carts.claim(tx, address, { now, expiresAt: now + CART_LIFE_MS, version });
      await change(tx);
      const cart = await this.carts.get(tx, address, now);
      await this.carts.noteSeen(tx, cart, prices);
      if (keepsItself) return cart;
      const { kept, short } = await this.holds.keep(tx, cart, rules, now);
      assertKept?.(before, cart, short);
      return { ...cart, heldVariants: kept };
    });
    return this.pricing.price(written, now);
  }
}

function lineOf({ lines }: Cart, lineId: string) {
  return lines.find(({ id }) => id === lineId);
}
