import { Injectable } from '@nestjs/common';
import { DatabaseClock, sql, UnitOfWork, type Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import { promotionLimits } from '#libs/promotions';
import type { StoreSight } from '#libs/stores';
import {
  CART_LIFE_MS,
  type Cart,
  type CartAddress,
  type CartDetailsPatch,
  type CartOwner,
} from '../model/cart.js';
import { newToken } from '../model/cart-token.js';
import { cartTopic } from '../model/cart-topic.js';
import { linesOncePlaced } from '../model/placed-items.js';
import { mergeLines, type LeftOutItem } from '../model/merged-lines.js';
import type { PricedCart } from '../model/priced-cart.js';
import { CartHolds, type HoldRules } from './cart-holds.js';
import { CartPricing } from './cart-pricing.js';
import { CartRepository } from './cart.repository.js';

/** What became of the cart of a guest who has signed in. */
export interface AdoptedCart {
  /** The customer's cart now. */
  readonly id: string;
  readonly leftOut: readonly LeftOutItem[];
}

/**
 * Carts of customers. A customer has at most one that is open: a lock of the customer makes requests take turns,
 * and a unique index refuses what would come past it.
 */
@Injectable()
export class CustomerCarts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly carts: CartRepository,
    private readonly pricing: CartPricing,
    private readonly holds: CartHolds,
  ) {}

  /** The open cart of the customer, begun when there is none; however many ask at once, it is one. */
  async ensure(sight: StoreSight, owner: CartOwner): Promise<PricedCart> {
    const now = this.clock.wallMs();
    const cart = await this.unitOfWork.run(async (tx) => {
      await this.takeTurn(tx, owner);
      return (await this.openOf(tx, owner, now)) ?? this.begin(tx, sight, owner, now);
    });
    return this.pricing.price(cart, now);
  }

  /** What is kept of stock for carts of the store; from memory, so it is asked for before the unit of work. */
  rulesOf(storeCode: string): Promise<HoldRules> {
    return this.holds.rulesOf(storeCode);
  }

  /**
   * Makes the guest's cart the customer's, in the unit of work of the sign-in: it becomes theirs when they have
   * none, else its lines are added to theirs, and what theirs does not say yet is taken from it. Undefined when
   * the token opens no open cart of the customer's store: nothing has changed then. `rules`: of {@link rulesOf}.
   */
  async adopt(
    tx: Transaction,
    guest: Pick<CartAddress, 'id' | 'token'>,
    owner: CartOwner,
    rules: HoldRules,
  ): Promise<AdoptedCart | undefined> {
    const now = this.clock.wallMs();
    await this.takeTurn(tx, owner);
    const found = await this.carts.findOfGuest(tx, owner.storeId, guest, now);
    if (found === undefined) return undefined;
    const expiresAt = now + CART_LIFE_MS;
    // Holds the guest's cart, so that neither its lines change meanwhile nor an order is made of it.
    await this.carts.claim(tx, guest, { now, expiresAt, version: undefined });
    const brought = await this.carts.get(tx, guest, now);
    const own = await this.openOf(tx, owner, now);
    if (own === undefined) {
      await tx.execute(
        sql`
          UPDATE cart
          SET customer_id = ${owner.customerId}
          WHERE id = ${brought.id}`,
      );
      return { id: brought.id, leftOut: [] };
    }
    const leftOut = await this.bring(tx, brought, own, rules);
    // Nothing opens what has expired; the job that removes such carts removes it.
    await tx.execute(sql`
      UPDATE cart
      SET expires_at = ${now}
      WHERE id = ${brought.id}`);
    return { id: own.id, leftOut };
  }

  private async bring(
    tx: Transaction,
    brought: Cart,
    own: Cart,
    rules: HoldRules,
  ): Promise<readonly LeftOutItem[]> {
    const isSameCurrency = brought.currency === own.currency;
    const lines = brought.lines.map((line) => ({
      ...line,
      seenMinor: isSameCurrency ? line.seenMinor : null,
    }));
    const { newLines, raised, leftOut } = mergeLines(own.lines, lines);
    await this.carts.addLines(tx, own.id, newLines);
    await this.carts.setQuantities(tx, own.id, raised);
    const placed = linesOncePlaced(own.lines, { raised, newLines });
    await this.holds.merge(tx, brought, own, placed, rules);
    await this.carts.setDetails(tx, own.id, missingDetails(own, brought));
    await this.carts.setCoupons(tx, own.id, mergedCoupons(own, brought));
    return leftOut;
  }

  private takeTurn(tx: Transaction, { customerId }: CartOwner): Promise<void> {
    return tx.lock(`cart-of:${customerId}`);
  }

  /** Held until the unit of work ends; one that has expired and was not removed yet lives on. */
  private async openOf(tx: Transaction, owner: CartOwner, now: number): Promise<Cart | undefined> {
    const held = await tx.execute(sql`
      UPDATE cart
      SET version = version + 1, updated_at = ${now}, expires_at = ${now + CART_LIFE_MS}
      WHERE customer_id = ${owner.customerId} AND state = 'open'`);
    if (held === 0) return undefined;
    const cart = await this.carts.findOpenOf(tx, owner);
    if (cart !== undefined) tx.touch(cartTopic(cart.id));
    return cart;
  }

  private async begin(
    tx: Transaction,
    { store, locale, currency }: StoreSight,
    owner: CartOwner,
    now: number,
  ): Promise<Cart> {
    // The token is told to nobody: a customer's cart opens to the customer.
    const address = { id: newId(), token: newToken(), customer: owner };
    await this.carts.insert(tx, {
      ...address,
      storeId: store.id,
      storeCode: store.code,
      customerId: owner.customerId,
      currency,
      locale,
      now,
      expiresAt: now + CART_LIFE_MS,
    });
    return this.carts.get(tx, address, now);
  }
}

function missingDetails(own: Cart, brought: Cart): CartDetailsPatch {
  return {
    email: own.email === null ? (brought.email ?? undefined) : undefined,
    shippingAddress:
      own.shippingAddress === null ? (brought.shippingAddress ?? undefined) : undefined,
    billingAddress: own.billingAddress === null ? brought.billingAddress : undefined,
    shippingMethod: own.shippingMethod === null ? (brought.shippingMethod ?? undefined) : undefined,
    paymentMethod: own.paymentMethod === null ? (brought.paymentMethod ?? undefined) : undefined,
  };
}

/** Of one promotion a cart has one coupon; what the customer has given goes first. */
function mergedCoupons(own: Cart, brought: Cart): Cart['coupons'] {
  const promotions = new Set(own.coupons.map(({ promotionId }) => promotionId));
  const others = brought.coupons.filter(({ promotionId }) => !promotions.has(promotionId));
  return [...own.coupons, ...others].slice(0, promotionLimits.couponsOfCart);
}
