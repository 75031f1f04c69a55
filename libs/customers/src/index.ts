export {
  CreditLedger,
  type CreditAccountView,
  type CreditEntryView,
} from './model/credit-ledger.js';
export { CustomerLookup } from './model/customer-lookup.js';
export { customerLimits, type Customer } from './model/customer.js';
export { ErasureObservers, type ErasureObserver } from './model/erasure-observers.js';
export { customersErrors } from './model/customers.errors.js';
export { CustomersModelModule } from './model/customers-model.module.js';
export type { Shopper } from './model/shopper.js';
export { AddressBook, type AddressView } from './storefront/address-book.js';
export { CreditReader } from './storefront/credit.reader.js';
export { CurrentShopper, shopperOf, type ShopperRequest } from './storefront/current-shopper.js';
export { CustomersModule } from './storefront/customers.module.js';
export { PasswordEditor } from './storefront/password.editor.js';
export { ProfileEditor } from './storefront/profile.editor.js';
export { RegistrationEditor } from './storefront/registration.editor.js';
export { ShopperAccessModule } from './storefront/shopper-access.module.js';
export { ShopperAuthenticator } from './storefront/shopper-authenticator.js';
export type { PresentedShopperToken } from './model/shopper-tokens.js';
export { ShopperSessionEditor } from './storefront/shopper-session.editor.js';
export { WishList } from './storefront/wish-list.js';
export { customersSlice } from './slice.js';
