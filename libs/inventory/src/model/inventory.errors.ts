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
  movementInvalid: {
    code: 'inventory.movement-invalid',
    family: 'user',
    status: 422,
    title: 'The movement of stock breaks a rule',
  },
  locationInvalid: {
    code: 'inventory.location-invalid',
    family: 'user',
    status: 422,
    title: 'The location breaks a rule',
  },
  locationNotFound: {
    code: 'inventory.location-not-found',
    family: 'user',
    status: 404,
    title: 'Location not found',
  },
  locationTaken: {
    code: 'inventory.location-taken',
    family: 'user',
    status: 409,
    title: 'Another location of the store has this code',
  },
  notEnough: {
    code: 'inventory.not-enough',
    family: 'user',
    status: 409,
    title: 'There is not enough in stock',
  },
});
