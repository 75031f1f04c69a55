import type Stripe from 'stripe';
import type { PaymentReport } from '../payment-step.js';
import { paymentLimits } from '../payment.js';
import type { NextAction, ProviderSight, RefundSight } from '../provider/payment-provider.js';
import { minorOfCardAmount } from './card-amount.js';

/** Under which names the provider keeps what its objects belong to. */
export const cardMetadata = { payment: 'lockstep_payment', refund: 'lockstep_refund' } as const;

/** What a payment is by the provider's account of it. Pure. */
export function paymentSightOf(
  intent: Stripe.PaymentIntent,
  publishableKey: string | null,
): ProviderSight {
  return {
    reference: intent.id,
    report: reportOf(intent),
    failureCode: codeOf(intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code),
    nextAction: nextActionOf(intent, publishableKey),
  };
}

/** What a refund is by the provider's account of it. Pure. */
export function refundSightOf(refund: Stripe.Refund): RefundSight {
  const { id: providerReference, status } = refund;
  switch (status) {
    case 'succeeded':
      return { state: 'succeeded', providerReference, failureCode: null };
    case 'failed':
    case 'canceled':
      return {
        state: 'failed',
        providerReference,
        failureCode: codeOf(refund.failure_reason) ?? status,
      };
    default:
      return { state: 'pending', providerReference };
  }
}

/** What the column takes of a code. */
export function codeOf(code: string | null | undefined): string | null {
  return code?.slice(0, paymentLimits.failureCode) ?? null;
}

function reportOf(intent: Stripe.PaymentIntent): PaymentReport | undefined {
  const currency = intent.currency.toUpperCase();
  switch (intent.status) {
    case 'requires_capture':
      return {
        kind: 'authorised',
        amountMinor: minorOfCardAmount(intent.amount_capturable, currency),
      };
    case 'succeeded':
      return { kind: 'captured', amountMinor: minorOfCardAmount(intent.amount_received, currency) };
    case 'canceled':
      return { kind: 'voided' };
    default:
      return undefined;
  }
}

function nextActionOf(intent: Stripe.PaymentIntent, publishableKey: string | null): NextAction {
  const url = intent.next_action?.redirect_to_url?.url;
  if (intent.status === 'requires_action' && typeof url === 'string') {
    return { kind: 'redirect', url };
  }
  const waitsForShopper =
    intent.status === 'requires_payment_method' ||
    intent.status === 'requires_confirmation' ||
    intent.status === 'requires_action';
  if (!waitsForShopper || intent.client_secret === null) return null;
  return { kind: 'confirm', clientSecret: intent.client_secret, publishableKey };
}
