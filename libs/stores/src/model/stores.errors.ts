import { defineErrors } from '#libs/kernel';

/** The codes keep the name by which clients have known them since stores were part of the catalog. */
export const storesErrors = defineErrors({
  storeNotFound: {
    code: 'catalog.store-not-found',
    family: 'user',
    status: 404,
    title: 'Store not found',
  },
  currencyUnknown: {
    code: 'catalog.currency-unknown',
    family: 'user',
    status: 400,
    title: 'The store does not sell in this currency',
  },
  localeUnknown: {
    code: 'catalog.locale-unknown',
    family: 'user',
    status: 400,
    title: 'The store does not speak this language',
  },
  storeInvalid: {
    code: 'catalog.store-invalid',
    family: 'user',
    status: 422,
    title: 'The store breaks a rule',
  },
  storeCodeTaken: {
    code: 'catalog.store-code-taken',
    family: 'user',
    status: 409,
    title: 'Another store has this code',
  },
  storeInUse: {
    code: 'catalog.store-in-use',
    family: 'user',
    status: 409,
    title: 'The store is not empty',
  },
  settingsInvalid: {
    code: 'stores.settings-invalid',
    family: 'user',
    status: 422,
    title: 'The settings break a rule',
  },
  shippingMethodNotFound: {
    code: 'stores.shipping-method-not-found',
    family: 'user',
    status: 404,
    title: 'The store has no such shipping method',
  },
});
