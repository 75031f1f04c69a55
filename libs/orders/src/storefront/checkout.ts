import { Injectable } from '@nestjs/common';
import { Follower, planFromCache } from '#libs/cache';
import { cartsErrors, hashOfToken, type CartAddress } from '#libs/carts';
import { IdempotentUnitOfWork, PrimaryReader } from '#libs/database';
import type { Money } from '#libs/kernel';
import { CheckoutPlanning } from './checkout-planning.js';
import { OrderPlacing, type PlacedOrder } from './order-placing.js';
import { untilPlanHolds } from './until-plan-holds.js';

export interface CheckoutRequest {
  /** `Idempotency-Key` of the request: with it the same checkout is done once. */
  readonly key: string;
  /** What the shopper has confirmed to pay. */
  readonly expectedTotal: Money;
}

/**
 * Makes an order of a cart. It is planned from memory, at a known position of the log, and placed in one
 * unit of work that holds everything or nothing: the cart is consumed at the version that was planned,
 * nothing that the plan was built from was changed since, the stock is taken, and the order is written.
 * Nothing before it has an effect, nothing after it can fail it. Redis is not needed.
 *
 * The same request (cart, key, total) gets the same answer, on whatever replica, whatever ended on the
 * way. Throws what {@link planOrder} throws, `inventory.not-enough`, `carts.cart-not-found`,
 * `carts.cart-ordered` when an order was made with another key, `idempotency.*`, and
 * `orders.keeps-changing` when the plan was overtaken five times.
 */
@Injectable()
export class Checkout {
  constructor(
    private readonly idempotent: IdempotentUnitOfWork,
    private readonly database: PrimaryReader,
    private readonly planning: CheckoutPlanning,
    private readonly placing: OrderPlacing,
    private readonly follower: Follower,
  ) {}

  place(address: CartAddress, request: CheckoutRequest): Promise<PlacedOrder> {
    const { key, expectedTotal } = request;
    const scope = `checkout:${address.id}`;
    const identified = { scope, key, body: { expectedTotal: { ...expectedTotal } } };
    return this.idempotent.exclusively(identified, () =>
      untilPlanHolds(this.follower, async () => {
        // Before anything is answered from the record: it also tells a stranger from the owner.
        const { cart, now } = await this.planning.begin(address);
        const earlier = await this.idempotent.findAnswer<PlacedOrder>(this.database, identified);
        if (earlier !== undefined) return earlier;
        if (cart.state === 'ordered') throw cartsErrors.cartOrdered();
        const plan = await planFromCache(
          () => this.follower.applied,
          () => this.planning.plan(cart, expectedTotal, now),
        );
        return this.idempotent.run(identified, (tx) =>
          this.placing.place(tx, plan, { tokenHash: hashOfToken(address.token), now }),
        );
      }),
    );
  }
}
