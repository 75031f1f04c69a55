export { CartsAuthoringModule } from './authoring/carts-authoring.module.js';
export { PromotionTrials } from './authoring/trying/promotion-trials.js';
export type { TriedCart } from './storefront/cart-pricing.js';
export { cartsAuthoringSlice } from './authoring/slice.js';
