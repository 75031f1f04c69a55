import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Stripe } from 'stripe';
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
export class StripeAccount implements OnModuleInit {
  readonly card: CardAccount | undefined;
  private stripe: Stripe | undefined;
  private errors: typeof Stripe.errors | undefined;

  constructor({ card }: PaymentsConfig) {
    this.card = card;
  }

  /** Loads the SDK, of two hundred modules, where it is used: without an account every start would wait for it. */
  async onModuleInit(): Promise<void> {
    const { card } = this;
    if (card === undefined) return;
    const { Stripe: Client } = await import('stripe');
    this.errors = Client.errors;
    this.stripe = new Client(card.secretKey, {
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
    const { stripe, errors } = this;
    if (stripe === undefined || errors === undefined) throw paymentsErrors.notConfigured();
    try {
      return await work(stripe);
    } catch (error) {
      if (!(error instanceof errors.StripeError)) throw error;
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
    const { stripe, errors, card } = this;
    if (stripe === undefined || errors === undefined || card === undefined) {
      throw paymentsErrors.notConfigured();
    }
    try {
      return stripe.webhooks.constructEvent(body, signature, card.webhookSecret);
    } catch (error) {
      if (error instanceof errors.StripeSignatureVerificationError) {
        throw paymentsErrors.signatureInvalid();
      }
      throw error;
    }
  }
}

/** A declined card, and a request that is wrong; a key that is not accepted is somebody's to mend. */
function isFinal({ type, code }: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  return (
    type === 'StripeCardError' || (type === 'StripeInvalidRequestError' && code !== 'lock_timeout')
  );
}
