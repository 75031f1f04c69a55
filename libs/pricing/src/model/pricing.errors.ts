import { defineErrors } from '#libs/kernel';

export const pricingErrors = defineErrors({
  /** Keeps the name by which clients have known it since prices were part of the catalog. */
  priceNotFound: {
    code: 'catalog.price-not-found',
    family: 'user',
    status: 404,
    title: 'Price not found',
  },
  priceInvalid: {
    code: 'pricing.price-invalid',
    family: 'user',
    status: 422,
    title: 'The price breaks a rule',
  },
});
