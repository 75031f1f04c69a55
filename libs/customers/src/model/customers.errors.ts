import { defineErrors } from '#libs/kernel';

export const customersErrors = defineErrors({
  notSignedIn: {
    code: 'customers.not-signed-in',
    family: 'user',
    status: 401,
    title: 'A valid session of a customer is required',
  },
  sessionExpired: {
    code: 'customers.session-expired',
    family: 'user',
    status: 401,
    title: 'The session has ended; sign in again',
  },
  credentialsWrong: {
    code: 'customers.credentials-wrong',
    family: 'user',
    status: 401,
    title: 'The e-mail address or the password is wrong',
  },
  emailUnverified: {
    code: 'customers.email-unverified',
    family: 'user',
    status: 403,
    title: 'The e-mail address has not been confirmed; a new mail is on its way',
  },
  tokenInvalid: {
    code: 'customers.token-invalid',
    family: 'user',
    status: 422,
    title: 'The link is unknown, was used, or has expired',
  },
  currentPasswordWrong: {
    code: 'customers.current-password-wrong',
    family: 'user',
    status: 422,
    title: 'The current password is wrong',
  },
  sessionNotFound: {
    code: 'customers.session-not-found',
    family: 'user',
    status: 404,
    title: 'Session not found',
  },
  customerNotFound: {
    code: 'customers.customer-not-found',
    family: 'user',
    status: 404,
    title: 'Customer not found',
  },
  emailTaken: {
    code: 'customers.email-taken',
    family: 'user',
    status: 409,
    title: 'Another customer of the store has this e-mail address',
  },
  groupNotFound: {
    code: 'customers.group-not-found',
    family: 'user',
    status: 404,
    title: 'Customer group not found',
  },
  groupUnknown: {
    code: 'customers.group-unknown',
    family: 'user',
    status: 422,
    title: 'The customer group that was named does not exist',
  },
  groupCodeTaken: {
    code: 'customers.group-code-taken',
    family: 'user',
    status: 409,
    title: 'Another customer group of the store has this code',
  },
  groupInUse: {
    code: 'customers.group-in-use',
    family: 'user',
    status: 409,
    title: 'The group still has customers',
  },
  creditExceeded: {
    code: 'customers.credit-exceeded',
    family: 'user',
    status: 409,
    title: 'The credit of the customer does not suffice',
  },
  currencyUnknown: {
    code: 'customers.currency-unknown',
    family: 'user',
    status: 422,
    title: 'The store does not sell in this currency',
  },
  addressNotFound: {
    code: 'customers.address-not-found',
    family: 'user',
    status: 404,
    title: 'Address not found',
  },
  addressBookFull: {
    code: 'customers.address-book-full',
    family: 'user',
    status: 409,
    title: 'The address book takes no more addresses',
  },
  wishListFull: {
    code: 'customers.wish-list-full',
    family: 'user',
    status: 409,
    title: 'The wish list takes no more items',
  },
  wishUnknown: {
    code: 'customers.wish-unknown',
    family: 'user',
    status: 404,
    title: 'The store sells nothing with this SKU',
  },
});
