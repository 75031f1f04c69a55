import { Injectable } from '@nestjs/common';
import { Stripe } from 'stripe';
import { PaymentsConfig, type CardAccount } from '#libs/config';
import { paymentsErrors } from '../payments.errors.js';

/** One more than the first; the SDK repeats with the same key, and only what may be repeated. */
const RETRIES = 1;
const RETRY_AFTER_SECONDS = 5;

/** How long, and how often, the provider is asked; what is left out is as configured. */
export type RequestBounds = Pick<Stripe.RequestOptions, 'timeout' | 'maxNetworkRetries'>;

/**
 * The account at the card provider, and the one place that talks to it. What the provider's errors carry
 * (keys, client secrets, card data of the shopper) goes no further than this class.
 */
@Injectable()
export class StripeAccount {
  readonly card: CardAccount | undefined;
  private readonly stripe: Stripe | undefined;

  constructor({ card }: PaymentsConfig) {
    this.card = card;
    this.stripe =
      card === undefined
        ? undefined
        : new Stripe(card.secretKey, {
            ...card.api,
            timeout: card.timeoutMs,
            maxNetworkRetries: RETRIES,
            telemetry: false,
          });
  }

  /** Of a request that is sent once and waits no longer than this, where that is shorter than what is configured. */
  boundsOf(patienceMs: number | undefined): RequestBounds {
    if (patienceMs === undefined) return {};
    return {
      timeout: Math.min(patienceMs, this.card?.timeoutMs ?? patienceMs),
      maxNetworkRetries: 0,
    };
  }

  /**
   * Throws `payments.not-configured`, `payments.provider-refused` (with the provider's code) for what
   * repeating does not change, and `payments.provider-away` for everything else.
   */
  async call<T>(work: (stripe: Stripe) => Promise<T>): Promise<T> {
    if (this.stripe === undefined) throw paymentsErrors.notConfigured();
    try {
      return await work(this.stripe);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeError)) throw error;
      const details = {
        type: error.type,
        code: error.decline_code ?? error.code ?? null,
        status: error.statusCode ?? null,
        providerRequest: error.requestId ?? null,
      };
      if (isFinal(error)) throw paymentsErrors.providerRefused({ details });
      throw paymentsErrors.providerAway({ details, retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
  }

  /** What a signed message says. Throws `payments.not-configured` and `payments.signature-invalid`. */
  readMessage(body: string, signature: string): Stripe.Event {
    if (this.stripe === undefined || this.card === undefined) throw paymentsErrors.notConfigured();
    try {
      return this.stripe.webhooks.constructEvent(body, signature, this.card.webhookSecret);
    } catch (error) {
      if (error instanceof Stripe.errors.StripeSignatureVerificationError) {
        throw paymentsErrors.signatureInvalid();
      }
      throw error;
    }
  }
}

/** A declined card, and a request that is wrong; a key that is not accepted is somebody's to mend. */
function isFinal(error: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return (
    error instanceof Stripe.errors.StripeCardError ||
    (error instanceof Stripe.errors.StripeInvalidRequestError && error.code !== 'lock_timeout')
  );
}
