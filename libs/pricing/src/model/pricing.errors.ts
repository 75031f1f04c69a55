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
  listNotFound: {
    code: 'pricing.list-not-found',
    family: 'user',
    status: 404,
    title: 'Price list not found',
  },
  listInvalid: {
    code: 'pricing.list-invalid',
    family: 'user',
    status: 422,
    title: 'The price list breaks a rule',
  },
  listTaken: {
    code: 'pricing.list-taken',
    family: 'user',
    status: 409,
    title: 'Another price list has this code, or this priority in the currency',
  },
  tooManyLists: {
    code: 'pricing.too-many-lists',
    family: 'user',
    status: 409,
    title: 'The store has as many price lists as it may have',
  },
  repricingNotFound: {
    code: 'pricing.repricing-not-found',
    family: 'user',
    status: 404,
    title: 'Bulk change of prices not found',
  },
  repricingInvalid: {
    code: 'pricing.repricing-invalid',
    family: 'user',
    status: 422,
    title: 'The bulk change of prices breaks a rule',
  },
  nothingToReprice: {
    code: 'pricing.nothing-to-reprice',
    family: 'user',
    status: 422,
    title: 'There is no price to change',
  },
  repricingUnderWay: {
    code: 'pricing.repricing-under-way',
    family: 'user',
    status: 409,
    title: 'The bulk change of prices has not ended yet',
  },
  repricingExpired: {
    code: 'pricing.repricing-expired',
    family: 'user',
    status: 409,
    title: 'The bulk change of prices is too old to be undone',
  },
  repricingUndone: {
    code: 'pricing.repricing-undone',
    family: 'user',
    status: 409,
    title: 'The bulk change of prices has been undone',
  },
});
