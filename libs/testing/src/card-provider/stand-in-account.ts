import { randomBytes } from 'node:crypto';
import type { FormBody } from './form-body.js';
import { invalid, StandInError } from './stand-in-error.js';

export interface StandInIntent {
  readonly id: string;
  readonly object: 'payment_intent';
  readonly client_secret: string;
  readonly amount: number;
  readonly currency: string;
  readonly capture_method: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: number;
  status: string;
  amount_capturable: number;
  amount_received: number;
  last_payment_error: { code: string; decline_code?: string } | null;
  next_action: { type: string; redirect_to_url: { url: string; return_url: string } } | null;
}

export interface StandInRefund {
  readonly id: string;
  readonly object: 'refund';
  readonly payment_intent: string;
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly created: number;
  status: string;
  failure_reason?: string;
}

/** What a card does when it is charged. */
export const testCards = {
  good: 'pm_card_visa',
  declined: 'pm_card_chargeDeclined',
  secure: 'pm_card_threeDSecure2Required',
} as const;

const LEAST_AMOUNT = 50;

/** The money of one account at the stand-in: what a payment may become, in the words of the API. */
export class StandInAccount {
  readonly intents = new Map<string, StandInIntent>();
  readonly refunds = new Map<string, StandInRefund>();
  /** New refunds stay pending until {@link endRefund}. */
  areRefundsSlow = false;

  constructor(
    private readonly changed: (type: string, object: StandInIntent | StandInRefund) => void,
    private readonly redirectUrl: (intentId: string) => string,
  ) {}

  create(body: FormBody): StandInIntent {
    const amount = body.integer('amount') ?? 0;
    const currency = body.field('currency') ?? '';
    const capture = body.field('capture_method') ?? 'automatic';
    const allowed = body.map('allowed_payment_method_types');
    const metadata = body.map('metadata');
    if (body.unread !== undefined) throw invalid('parameter_unknown', `unknown: ${body.unread}`);
    if (!Number.isSafeInteger(amount) || amount < LEAST_AMOUNT) {
      throw invalid('amount_too_small', 'the amount is too small');
    }
    if (!/^[a-z]{3}$/.test(currency)) throw invalid('parameter_invalid', 'no currency');
    if (Object.values(allowed).some((type) => type !== 'card')) {
      throw invalid('parameter_invalid', 'only cards');
    }
    const id = newId('pi');
    const intent: StandInIntent = {
      id,
      object: 'payment_intent',
      client_secret: `${id}_secret_${randomBytes(8).toString('hex')}`,
      amount,
      currency,
      capture_method: capture,
      metadata,
      created: nowSeconds(),
      status: 'requires_payment_method',
      amount_capturable: 0,
      amount_received: 0,
      last_payment_error: null,
      next_action: null,
    };
    this.intents.set(id, intent);
    this.changed('payment_intent.created', intent);
    return intent;
  }

  get(id: string): StandInIntent {
    const intent = this.intents.get(id);
    if (intent === undefined) throw invalid('resource_missing', `no such intent: ${id}`, 404);
    return intent;
  }

  /** What the form of the shopper does. */
  confirm(id: string, body: FormBody): StandInIntent {
    const intent = this.get(id);
    const card = body.field('payment_method');
    const returnUrl = body.field('return_url') ?? 'http://127.0.0.1/back';
    if (body.field('client_secret') !== intent.client_secret) {
      throw invalid('payment_intent_invalid_parameter', 'wrong secret', 401);
    }
    this.require(intent, 'requires_payment_method', 'requires_confirmation');
    if (card === testCards.declined) {
      intent.last_payment_error = { code: 'card_declined', decline_code: 'generic_decline' };
      this.changed('payment_intent.payment_failed', intent);
      throw new StandInError(402, {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'generic_decline',
        message: 'Your card was declined.',
      });
    }
    intent.last_payment_error = null;
    if (card === testCards.secure) {
      intent.status = 'requires_action';
      const redirect = { url: this.redirectUrl(id), return_url: returnUrl };
      intent.next_action = { type: 'redirect_to_url', redirect_to_url: redirect };
      this.changed('payment_intent.requires_action', intent);
      return intent;
    }
    return this.charge(intent);
  }

  /** The shopper has shown who he is, and comes back to the address that is answered. */
  authenticate(id: string): string {
    const intent = this.get(id);
    this.require(intent, 'requires_action');
    const back = intent.next_action?.redirect_to_url.return_url ?? '';
    intent.next_action = null;
    this.charge(intent);
    return back;
  }

  /** Everything, unless an amount is named. */
  capture(id: string, amountToCapture?: number): StandInIntent {
    const intent = this.get(id);
    const amount = amountToCapture ?? intent.amount_capturable;
    this.require(intent, 'requires_capture');
    if (amount > intent.amount_capturable) {
      throw invalid('amount_too_large', 'more than was authorised');
    }
    intent.status = 'succeeded';
    intent.amount_received = amount;
    intent.amount_capturable = 0;
    this.changed('payment_intent.succeeded', intent);
    return intent;
  }

  cancel(id: string): StandInIntent {
    const intent = this.get(id);
    this.require(
      intent,
      'requires_payment_method',
      'requires_confirmation',
      'requires_action',
      'requires_capture',
    );
    intent.status = 'canceled';
    intent.amount_capturable = 0;
    this.changed('payment_intent.canceled', intent);
    return intent;
  }

  refund(
    intentId: string,
    wantedAmount?: number,
    metadata: Readonly<Record<string, string>> = {},
  ): StandInRefund {
    const intent = this.get(intentId);
    const given = this.refundsOf(intent.id)
      .filter(({ status }) => status !== 'failed')
      .reduce((sum, { amount }) => sum + amount, 0);
    const left = intent.amount_received - given;
    const amount = wantedAmount ?? left;
    if (left === 0) throw invalid('charge_already_refunded', 'everything was refunded');
    if (amount > left) throw invalid('amount_too_large', 'more than is left');
    const refund: StandInRefund = {
      id: newId('re'),
      object: 'refund',
      payment_intent: intent.id,
      amount,
      currency: intent.currency,
      metadata,
      created: nowSeconds(),
      status: this.areRefundsSlow ? 'pending' : 'succeeded',
    };
    this.refunds.set(refund.id, refund);
    this.changed('refund.created', refund);
    return refund;
  }

  endRefund(id: string, status: 'succeeded' | 'failed'): void {
    const refund = this.refunds.get(id);
    if (refund === undefined) throw invalid('resource_missing', 'no such refund', 404);
    refund.status = status;
    if (status === 'failed') refund.failure_reason = 'expired_or_canceled_card';
    this.changed(status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
  }

  refundsOf(intentId: string): StandInRefund[] {
    return [...this.refunds.values()].filter((refund) => refund.payment_intent === intentId);
  }

  private charge(intent: StandInIntent): StandInIntent {
    if (intent.capture_method === 'manual') {
      intent.status = 'requires_capture';
      intent.amount_capturable = intent.amount;
      this.changed('payment_intent.amount_capturable_updated', intent);
    } else {
      intent.status = 'succeeded';
      intent.amount_received = intent.amount;
      this.changed('payment_intent.succeeded', intent);
    }
    return intent;
  }

  private require(intent: StandInIntent, ...states: readonly string[]): void {
    if (states.includes(intent.status)) return;
    throw invalid('payment_intent_unexpected_state', `the intent is ${intent.status}`);
  }
}

export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}
