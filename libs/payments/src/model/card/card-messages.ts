import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import type { ProviderSight, RefundSight } from '../provider/payment-provider.js';
import { minorOfCardAmount } from './card-amount.js';
import { cardMetadata, paymentSightOf, refundSightOf } from './card-sight.js';
import { StripeAccount } from './stripe-account.js';

/** A message of the card provider, of which it is known that it is one. */
export interface CardMessage {
  readonly id: string;
  readonly type: string;
  /** Epoch milliseconds, by the provider's clock. */
  readonly occurredAt: number;
  readonly subject: CardMessageSubject;
}

export type CardMessageSubject =
  | {
      readonly kind: 'payment';
      /** As the provider was told when the payment was made known to it; null: it was made elsewhere. */
      readonly paymentId: string | null;
      readonly sight: ProviderSight;
    }
  | {
      readonly kind: 'refund';
      readonly paymentReference: string | null;
      /** Null: it was made at the provider, not here. */
      readonly refundId: string | null;
      readonly amountMinor: number;
      readonly sight: RefundSight;
    }
  | { readonly kind: 'other' };

const MILLISECONDS = 1_000;

/** Reads what the card provider sends. */
@Injectable()
export class CardMessages {
  constructor(private readonly account: StripeAccount) {}

  /**
   * `body` as it came, byte for byte. Throws `payments.not-configured`, and `payments.signature-invalid` for
   * what is not signed with the secret of this installation, or longer ago than five minutes.
   */
  read(body: string, signature: string): CardMessage {
    const event = this.account.readMessage(body, signature);
    const { id, type, created } = event;
    return { id, type, occurredAt: created * MILLISECONDS, subject: subjectOf(event) };
  }
}

function subjectOf({ data: { object } }: Stripe.Event): CardMessageSubject {
  if (isPaymentIntent(object)) {
    return {
      kind: 'payment',
      paymentId: object.metadata[cardMetadata.payment] ?? null,
      sight: paymentSightOf(object, null),
    };
  }
  if (isRefund(object)) {
    const { payment_intent: intent, currency, amount } = object;
    return {
      kind: 'refund',
      paymentReference: typeof intent === 'string' ? intent : (intent?.id ?? null),
      refundId: object.metadata?.[cardMetadata.refund] ?? null,
      amountMinor: minorOfCardAmount(amount, currency.toUpperCase()),
      sight: refundSightOf(object),
    };
  }
  return { kind: 'other' };
}

function isPaymentIntent(object: object): object is Stripe.PaymentIntent {
  return 'object' in object && object.object === 'payment_intent';
}

function isRefund(object: object): object is Stripe.Refund {
  return 'object' in object && object.object === 'refund';
}
