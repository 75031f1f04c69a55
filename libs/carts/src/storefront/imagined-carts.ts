import { Injectable } from '@nestjs/common';
import { SellableReader } from '#libs/catalog';
import { newId, type Address } from '#libs/kernel';
import type { PaymentMethod } from '#libs/payments';
import { CouponFinder, type HeldCoupon } from '#libs/promotions';
import { StoreReader } from '#libs/stores';
import { NOTHING_HELD, type Cart } from '../model/cart.js';
import { cartsErrors } from '../model/carts.errors.js';
import { placeItems, type WantedItem } from '../model/placed-items.js';

/** What somebody might have in a cart. */
export interface ImaginedCart {
  readonly items: readonly WantedItem[];
  readonly currency?: string | undefined;
  readonly locale?: string | undefined;
  /** Of the store; null: a guest. */
  readonly customerId: string | null;
  readonly email: string | null;
  readonly coupons: readonly string[];
  readonly shippingMethod: string | null;
  /** Where it would go, for taxes and shipping. */
  readonly shippingAddress: Address | null;
  readonly billingAddress: Address | null;
  readonly paymentMethod: PaymentMethod | null;
}

export interface Imagined {
  readonly cart: Cart;
  /** Which variant each SKU is. */
  readonly variants: ReadonlyMap<string, string>;
}

/** Makes carts that are stored nowhere. */
@Injectable()
export class ImaginedCarts {
  constructor(
    private readonly stores: StoreReader,
    private readonly sellables: SellableReader,
    private readonly coupons: CouponFinder,
  ) {}

  /**
   * Throws `catalog.store-not-found`, `catalog.currency-unknown`, `catalog.locale-unknown`, `promotions.coupon-not-found`, and
   * `carts.items-refused` for what no cart would take.
   */
  async imagine(storeCode: string, wanted: ImaginedCart): Promise<Imagined> {
    const sight = await this.stores.sight(storeCode, wanted.locale, wanted.currency);
    const { store, locale, currency } = sight;
    const skus = wanted.items.map(({ sku }) => sku);
    const found = await this.sellables.resolve(store.id, skus);
    const { outcomes, newLines } = placeItems([], found, wanted.items);
    const refused = outcomes.filter(({ isAdded }) => !isAdded);
    if (refused.length > 0) throw cartsErrors.itemsRefused({ details: { items: refused } });
    const { customerId, email, shippingMethod, paymentMethod } = wanted;
    const cart: Cart = {
      id: newId(),
      storeId: store.id,
      storeCode,
      customerId,
      state: 'open',
      currency,
      locale,
      email,
      shippingAddress: wanted.shippingAddress,
      billingAddress: wanted.billingAddress,
      shippingMethod,
      paymentMethod,
      coupons: await this.couponsOf(store.id, wanted.coupons),
      version: 1,
      expiresAt: Number.MAX_SAFE_INTEGER,
      ...NOTHING_HELD,
      lines: newLines,
    };
    const variants = [...found].map(([sku, { variantId }]) => [sku, variantId] as const);
    return { cart, variants: new Map(variants) };
  }

  /** Of one promotion a cart has one coupon: the one that was given last. */
  private async couponsOf(storeId: string, codes: readonly string[]): Promise<HeldCoupon[]> {
    const byPromotion = new Map<string, HeldCoupon>();
    for (const code of codes) {
      const coupon = await this.coupons.get(storeId, code);
      byPromotion.delete(coupon.promotionId);
      byPromotion.set(coupon.promotionId, coupon);
    }
    return [...byPromotion.values()];
  }
}
