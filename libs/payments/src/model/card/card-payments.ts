import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import { LockstepError } from '#libs/kernel';
import { paymentsErrors } from '../payments.errors.js';
import type { Payment } from '../payment.js';
import type { ProviderSight, RefundSight, RemotePayments } from '../provider/payment-provider.js';
import type { Refund } from '../refunds/refund.js';
import { cardAmountOf } from './card-amount.js';
import { cardMetadata, codeOf, paymentSightOf, refundSightOf } from './card-sight.js';
import { StripeAccount, type RequestBounds } from './stripe-account.js';

const REFUSED = 'payments.provider-refused';

/**
 * Payments by card. Every request carries a key that is the same whenever it is repeated. The provider
 * remembers keys for a day, so what could happen twice after that is looked at first: a payment is
 * captured once anyway, and a refund is known by the id that it was given.
 */
@Injectable()
export class CardPayments implements RemotePayments {
  constructor(private readonly account: StripeAccount) {}

  async begin(payment: Payment, patienceMs?: number): Promise<ProviderSight> {
    const { id, orderId, amountMinor, currency, providerReference } = payment;
    const bounds = this.account.boundsOf(patienceMs);
    if (providerReference !== null) return this.look(providerReference, bounds);
    const intent = await this.account.call((stripe) =>
      stripe.paymentIntents.create(
        {
          // Whatever was waived since: another amount under the same key would be refused.
          amount: cardAmountOf(amountMinor, currency),
          currency: currency.toLowerCase(),
          capture_method: this.account.card?.captures ?? 'manual',
          allowed_payment_method_types: ['card'],
          metadata: { [cardMetadata.payment]: id, lockstep_order: orderId },
        },
        { idempotencyKey: `payment-${id}`, ...bounds },
      ),
    );
    return this.sightOf(intent);
  }

  async capture(payment: Payment, key: string): Promise<ProviderSight> {
    const { capturePendingMinor, currency } = payment;
    const { sight, refusal } = await this.doOnce(payment, (stripe, reference) =>
      stripe.paymentIntents.capture(
        reference,
        { amount_to_capture: cardAmountOf(capturePendingMinor, currency) },
        { idempotencyKey: `capture-${key}` },
      ),
    );
    if (sight.report?.kind !== 'authorised') return sight;
    return { ...sight, report: { kind: 'capture-failed' }, failureCode: refusal };
  }

  async void(payment: Payment, key: string): Promise<ProviderSight> {
    const { sight, refusal } = await this.doOnce(payment, (stripe, reference) =>
      stripe.paymentIntents.cancel(reference, {}, { idempotencyKey: `void-${key}` }),
    );
    const isOver = sight.report?.kind === 'voided' || sight.report?.kind === 'captured';
    // Something is under way at the provider; it cannot be let go of before that has ended.
    if (!isOver) throw paymentsErrors.providerAway({ details: { code: refusal } });
    return sight;
  }

  async refund(payment: Payment, refund: Refund): Promise<RefundSight> {
    const known = await this.findRefund(referenceOf(payment), refund.id);
    if (known !== undefined) return refundSightOf(known);
    try {
      const made = await this.account.call((stripe) =>
        stripe.refunds.create(
          {
            payment_intent: referenceOf(payment),
            amount: cardAmountOf(refund.amountMinor, payment.currency),
            metadata: { [cardMetadata.payment]: payment.id, [cardMetadata.refund]: refund.id },
          },
          { idempotencyKey: `refund-${refund.id}` },
        ),
      );
      return refundSightOf(made);
    } catch (error) {
      return { state: 'failed', providerReference: null, failureCode: refusalOf(error) };
    }
  }

  private async findRefund(
    reference: string,
    refundId: string,
  ): Promise<Stripe.Refund | undefined> {
    return this.account.call(async (stripe) => {
      for await (const refund of stripe.refunds.list({ payment_intent: reference, limit: 100 })) {
        if (refund.metadata?.[cardMetadata.refund] === refundId) return refund;
      }
      return undefined;
    });
  }

  /** What the provider refuses may have been done before: what it says now is what counts. */
  private async doOnce(
    payment: Payment,
    work: (stripe: Stripe, reference: string) => Promise<Stripe.PaymentIntent>,
  ): Promise<{ readonly sight: ProviderSight; readonly refusal: string | null }> {
    const reference = referenceOf(payment);
    try {
      const intent = await this.account.call((stripe) => work(stripe, reference));
      return { sight: this.sightOf(intent), refusal: null };
    } catch (error) {
      const refusal = refusalOf(error);
      return { sight: await this.look(reference), refusal };
    }
  }

  private async look(reference: string, bounds: RequestBounds = {}): Promise<ProviderSight> {
    return this.sightOf(
      await this.account.call((stripe) => stripe.paymentIntents.retrieve(reference, {}, bounds)),
    );
  }

  private sightOf(intent: Stripe.PaymentIntent): ProviderSight {
    return paymentSightOf(intent, this.account.card?.publishableKey ?? null);
  }
}

function referenceOf({ providerReference }: Payment): string {
  if (providerReference === null) throw paymentsErrors.notFound();
  return providerReference;
}

/** The provider's code; throws again what is no refusal of the provider. */
function refusalOf(error: unknown): string {
  if (!(error instanceof LockstepError) || error.code !== REFUSED) throw error;
  const code = error.details?.['code'];
  return codeOf(typeof code === 'string' ? code : undefined) ?? 'refused';
}
