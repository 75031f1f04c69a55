import type { Transaction } from '#libs/database';
import type { PaymentMethod } from '../payment-method.js';
import type { PaymentReport } from '../payment-step.js';
import type { Payment } from '../payment.js';
import type { Refund } from '../refunds/refund.js';
import type { RefundEnding } from '../refunds/refund.repository.js';

/** What the shopper has to do next; null: nothing, or nothing that can be said now. */
export type NextAction =
  /** Give card data to the provider's own form, which takes this secret. */
  | {
      readonly kind: 'confirm';
      readonly clientSecret: string;
      readonly publishableKey: string | null;
    }
  /** Go there, and come back. */
  | { readonly kind: 'redirect'; readonly url: string }
  | null;

/** What a provider knows of a payment. */
export interface ProviderSight {
  readonly reference: string;
  readonly report: PaymentReport | undefined;
  readonly failureCode: string | null;
  readonly nextAction: NextAction;
}

/** `pending`: the provider took it on and will say later how it ended. */
export type RefundSight =
  RefundEnding | { readonly state: 'pending'; readonly providerReference: string };

/**
 * Calls of another system. Never inside a unit of work: each may take seconds, and happens whether or not
 * anything is committed. Repeated with the same key, or for the same payment and refund, an operation is
 * done once.
 *
 * All throw `payments.provider-away` when it is not known what came of the call, and
 * `payments.provider-refused` when the provider will not do it however often it is asked.
 */
export interface RemotePayments {
  /**
   * Makes the payment known to the provider, or looks at the one it knows. With `patienceMs` it is asked once, and
   * not waited for any longer.
   */
  begin(payment: Payment, patienceMs?: number): Promise<ProviderSight>;
  /** Takes `capturePendingMinor`. */
  capture(payment: Payment, key: string): Promise<ProviderSight>;
  void(payment: Payment, key: string): Promise<ProviderSight>;
  refund(payment: Payment, refund: Refund): Promise<RefundSight>;
}

/** One way to pay. */
export interface PaymentProvider {
  readonly method: PaymentMethod;
  /** Whether this installation takes such payments. */
  readonly isAvailable: boolean;
  /** Staff see to the money, and say what came and went. */
  readonly isConfirmedByStaff: boolean;
  /** Undefined for what staff confirm, and while the provider is not configured. */
  readonly remote: RemotePayments | undefined;
  /** In the transaction of a new order; what it throws, the order is refused with. */
  opened?(tx: Transaction, payment: Payment): Promise<void>;
  /** In the transaction in which another amount is asked for; what it throws, that is refused with. */
  amended?(tx: Transaction, before: Payment, after: Payment): Promise<void>;
  /** In the transaction that changes a payment. */
  changed?(tx: Transaction, before: Payment, after: Payment): Promise<void>;
}
