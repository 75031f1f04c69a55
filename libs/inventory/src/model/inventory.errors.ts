import { defineErrors } from '#libs/kernel';

export const inventoryErrors = defineErrors({
  stockNotFound: {
    code: 'inventory.stock-not-found',
    family: 'user',
    status: 404,
    title: 'Stock not found',
  },
  stockInvalid: {
    code: 'inventory.stock-invalid',
    family: 'user',
    status: 422,
    title: 'The stock breaks a rule',
  },
  notEnough: {
    code: 'inventory.not-enough',
    family: 'user',
    status: 409,
    title: 'There is not enough in stock',
  },
});
