import { Injectable } from '@nestjs/common';
import { DatabaseClock, PrimaryReader } from '#libs/database';
import type { OfferTrial } from '#libs/promotions';
import { StoreReader } from '#libs/stores';
import { CartPricing, type TriedCart } from '../../storefront/cart-pricing.js';
import { CartRepository } from '../../storefront/cart.repository.js';
import { ImaginedCarts, type ImaginedCart } from '../../storefront/imagined-carts.js';

export interface TrialRequest {
  readonly storeCode: string;
  readonly trial: OfferTrial;
  /** One that is stored, or what somebody might have in one. */
  readonly cart: { readonly id: string } | ImaginedCart;
  /** Epoch milliseconds; undefined: now. */
  readonly at?: number | undefined;
}

/**
 * What a promotion would do to a cart, by the very pricing of the storefront, among the other promotions of the store.
 * Nothing is written, and no use is claimed.
 */
@Injectable()
export class PromotionTrials {
  constructor(
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreReader,
    private readonly carts: CartRepository,
    private readonly imagined: ImaginedCarts,
    private readonly pricing: CartPricing,
  ) {}

  /**
   * Throws what {@link ImaginedCarts.imagine} throws, `carts.shipping-method-unknown`, which no cart of a shopper can have, and
   * `carts.cart-not-found`, also for a cart of another store.
   */
  async try({ storeCode, trial, cart, at }: TrialRequest): Promise<TriedCart> {
    const now = this.clock.wallMs();
    const tried =
      'id' in cart ? await this.stored(storeCode, cart.id, now) : await this.made(storeCode, cart);
    return this.pricing.try(tried, at ?? now, trial);
  }

  private async made(storeCode: string, cart: ImaginedCart) {
    const { cart: made } = await this.imagined.imagine(storeCode, cart);
    if (cart.shippingMethod !== null) {
      await this.pricing.assertShips(storeCode, cart.shippingMethod);
    }
    return made;
  }

  private async stored(storeCode: string, id: string, now: number) {
    const { store } = await this.stores.sight(storeCode);
    return this.carts.getInStore(this.database, store.id, id, now);
  }
}
