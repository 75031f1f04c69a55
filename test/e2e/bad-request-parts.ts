import type { BadRequestScene } from '../support/bad-request.js';

/** A store that could be made. */
export const aStore = {
  code: 'another',
  name: 'Another',
  currencies: ['EUR'],
  locales: ['en'],
  defaultCurrency: 'EUR',
  defaultLocale: 'en',
};

export const priceOf = ({ store, product }: BadRequestScene) =>
  `/products/${product.id}/variants/${product.variantId}/prices/EUR?store=${store}`;

export const productOf = ({ store, product }: BadRequestScene) =>
  `/products/${product.id}?store=${store}`;
