export {
  cartLimits,
  NOTHING_HELD,
  type Cart,
  type CartAddress,
  type CartOwner,
} from './model/cart.js';
export { hashOfToken, newToken } from './model/cart-token.js';
export { cartTopic } from './model/cart-topic.js';
export { cartsErrors } from './model/carts.errors.js';
export type {
  CartPromotions,
  LineChange,
  PricedCart,
  PricedCartLine,
} from './model/priced-cart.js';
export type { TaxLine } from './model/totals/taxes.js';
export type { AppliedDiscount, LineTotals, Totals } from './model/totals/totals.js';
export { CartCoupons } from './storefront/cart-coupons.js';
export { CartEditor } from './storefront/cart.editor.js';
export { CartPricing } from './storefront/cart-pricing.js';
export { CartRepository } from './storefront/cart.repository.js';
export { CartVersions, type HeldCart } from './storefront/cart-versions.js';
export { CustomerCarts, type AdoptedCart } from './storefront/customer-carts.js';
export { ShopperPrices, type ShopperProductPrices } from './storefront/shopper-prices.js';
export { ImaginedCarts, type ImaginedCart } from './storefront/imagined-carts.js';
export { CartsModule } from './storefront/carts.module.js';
export { cartsSlice } from './slice.js';
