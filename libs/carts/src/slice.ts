import type { Slice } from '#libs/slice';
import { CartLineEntity } from './model/cart-line.entity.js';
import { CartEntity } from './model/cart.entity.js';
import { CartsModule } from './storefront/carts.module.js';

/** What carts are to a storefront. They belong to one person each, so nothing of them is cached. */
export const cartsSlice: Slice = {
  name: 'carts',
  modules: [CartsModule],
  entities: [CartEntity, CartLineEntity],
  permissions: {},
  jobs: [],
  regions: [],
  tags: {},
};
