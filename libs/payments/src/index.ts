export { paymentMethods, type PaymentMethod } from './model/payment-method.js';
export {
  countedPayments,
  openMinor,
  standingMinor,
  type OrderPayments,
} from './model/order-payments.js';
export {
  dueMinor,
  isLetGo,
  paymentLimits,
  paymentStates,
  refundableMinor,
  type AddedLine,
  type Payment,
  type PaymentState,
} from './model/payment.js';
export { PaymentLedger, type PaymentChange } from './model/payment-ledger.js';
export {
  PaymentObservers,
  type PaymentHappening,
  type PaymentObserver,
} from './model/payment-observers.js';
export { PaymentRequests } from './model/payment-requests.js';
export { PaymentSights } from './model/payment-sights.js';
export { PaymentsModelModule } from './model/payments-model.module.js';
export { paymentsErrors } from './model/payments.errors.js';
export {
  CreditAccounts,
  type CreditAccount,
  type CreditMore,
  type CreditRelease,
} from './model/provider/credit-accounts.js';
export { PaymentProviders } from './model/provider/payment-providers.js';
export type { AgreedParts, RefundWish } from './model/refunds/plan-refund.js';
export { refundStates, type ReducedShare, type Refund } from './model/refunds/refund.js';
export { RefundRepository } from './model/refunds/refund.repository.js';
export { CardInbox } from './storefront/card-inbox.js';
export { PaymentBeginning, type PaymentStanding } from './storefront/payment-beginning.js';
export { PaymentsModule } from './storefront/payments.module.js';
export { paymentsSlice } from './slice.js';
