import type { Address } from '#libs/kernel';

/** Where goods go that a test orders. */
export const someAddress: Address = {
  name: 'Ada Example',
  company: null,
  street: 'High Street 1',
  street2: null,
  postalCode: '10115',
  city: 'Berlin',
  region: null,
  country: 'DE',
  phone: null,
};
