import { Injectable } from '@nestjs/common';
import { DatabaseClock, PrimaryReader } from '#libs/database';
import { CouponFinder, promotionLimits } from '#libs/promotions';
import type { CartAddress } from '../model/cart.js';
import { cartsErrors } from '../model/carts.errors.js';
import type { PricedCart } from '../model/priced-cart.js';
import { CartEditor, type CartVersion } from './cart.editor.js';
import { CartRepository } from './cart.repository.js';

/**
 * Coupons of carts, as their owners give them and take them back. A coupon that does nothing now is
 * kept, since that may change with the cart; the answer says why.
 *
 * Every method throws what the methods of {@link CartEditor} throw.
 */
@Injectable()
export class CartCoupons {
  constructor(
    private readonly editor: CartEditor,
    private readonly carts: CartRepository,
    private readonly coupons: CouponFinder,
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
  ) {}

  /**
   * Of one promotion a cart has one coupon: the one that was given last. Throws
   * `promotions.coupon-not-found` for a code that the store does not have, `carts.too-many-coupons`.
   */
  async add(address: CartAddress, version: CartVersion, code: string): Promise<PricedCart> {
    const now = this.clock.wallMs();
    const { storeId } = await this.carts.get(this.database, address, now);
    const coupon = await this.coupons.get(storeId, code);
    return this.editor.write(address, version, async (tx) => {
      const { id, coupons } = await this.carts.get(tx, address, now);
      const others = coupons.filter(({ promotionId }) => promotionId !== coupon.promotionId);
      if (others.length >= promotionLimits.couponsOfCart) throw cartsErrors.tooManyCoupons();
      await this.carts.setCoupons(tx, id, [...others, coupon]);
    });
  }

  /** Throws `carts.coupon-not-held`. */
  remove(address: CartAddress, version: CartVersion, code: string): Promise<PricedCart> {
    const now = this.clock.wallMs();
    const given = code.trim().toUpperCase();
    return this.editor.write(address, version, async (tx) => {
      const { id, coupons } = await this.carts.get(tx, address, now);
      const left = coupons.filter((each) => each.code !== given);
      if (left.length === coupons.length) throw cartsErrors.couponNotHeld();
      await this.carts.setCoupons(tx, id, left);
    });
  }
}
