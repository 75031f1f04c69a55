import { defineErrors } from '#libs/kernel';

export const paymentsErrors = defineErrors({
  methodUnavailable: {
    code: 'payments.method-unavailable',
    family: 'user',
    status: 422,
    title: 'This shop does not take payments of that kind',
  },
  notFound: {
    code: 'payments.not-found',
    family: 'user',
    status: 404,
    title: 'Payment not found',
  },
  stepRefused: {
    code: 'payments.step-refused',
    family: 'user',
    status: 409,
    title: 'The payment is in no state for this',
  },
  nothingToRefund: {
    code: 'payments.nothing-to-refund',
    family: 'user',
    status: 409,
    title: 'There is nothing to give back',
  },
  refundExceeds: {
    code: 'payments.refund-exceeds',
    family: 'user',
    status: 409,
    title: 'More would be given back than is left',
  },
  signatureInvalid: {
    code: 'payments.signature-invalid',
    family: 'user',
    status: 400,
    title: 'The message is not signed by the provider, or too old',
  },
  notConfigured: {
    code: 'payments.not-configured',
    family: 'user',
    status: 404,
    title: 'This provider is not configured',
  },
  amountNotChargeable: {
    code: 'payments.amount-not-chargeable',
    family: 'user',
    status: 422,
    title: 'The provider cannot charge this amount in this currency',
  },
  providerRefused: {
    code: 'payments.provider-refused',
    family: 'user',
    status: 422,
    title: 'The provider refused the payment',
  },
  providerAway: {
    code: 'payments.provider-away',
    family: 'operational',
    status: 503,
    title: 'The payment provider cannot be reached',
  },
  refundOutOfStep: {
    code: 'payments.refund-out-of-step',
    family: 'defect',
    status: 500,
    title: 'A refund ended that the payment does not know to be pending',
  },
});
