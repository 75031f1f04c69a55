import { defineErrors } from '#libs/kernel';

export const cartsErrors = defineErrors({
  cartNotFound: {
    code: 'carts.cart-not-found',
    family: 'user',
    status: 404,
    title: 'Cart not found',
  },
  cartOrdered: {
    code: 'carts.cart-ordered',
    family: 'user',
    status: 409,
    title: 'An order was made of the cart',
  },
  itemNotFound: {
    code: 'carts.item-not-found',
    family: 'user',
    status: 404,
    title: 'The cart has no such item',
  },
  couponNotHeld: {
    code: 'carts.coupon-not-held',
    family: 'user',
    status: 404,
    title: 'The cart has no such coupon',
  },
  tooManyCoupons: {
    code: 'carts.too-many-coupons',
    family: 'user',
    status: 409,
    title: 'The cart takes no more coupons',
  },
  shippingMethodUnknown: {
    code: 'carts.shipping-method-unknown',
    family: 'user',
    status: 422,
    title: 'The store has no such shipping method',
  },
  itemsRefused: {
    code: 'carts.items-refused',
    family: 'user',
    status: 422,
    title: 'No cart takes these items',
  },
});
