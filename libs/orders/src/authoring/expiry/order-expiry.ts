import { Injectable } from '@nestjs/common';
import { PrimaryReader, type Transaction } from '#libs/database';
import {
  countedPayments,
  dueMinor,
  PaymentLedger,
  PaymentSights,
  type OrderPayments,
  type Payment,
} from '#libs/payments';
import { OrderLookup } from '../../model/order-lookup.js';
import { stateAfter } from '../../model/order-state.js';
import { OrderCancellation } from '../order-cancellation.js';

const UNAUTHORISED = 'the payment was not authorised in time';
const LET_GO = 'the payment was let go of';

/**
 * Cancels orders that nothing will be paid for: their payment was never authorised, or was let go of. Whether it was
 * authorised is asked of the provider first, for its message may be late or lost; a message that comes after the
 * cancellation finds a payment that is let go of, and what was taken all the same is given back.
 */
@Injectable()
export class OrderExpiry {
  constructor(
    private readonly database: PrimaryReader,
    private readonly ledger: PaymentLedger,
    private readonly sights: PaymentSights,
    private readonly orders: OrderLookup,
    private readonly cancellation: OrderCancellation,
  ) {}

  /**
   * Takes in what the provider knows of the payment, when it knows it. Outside every unit of work. Throws
   * `payments.provider-away`.
   */
  async look(orderId: string): Promise<void> {
    const payment = oldestOf(await this.ledger.list(this.database, orderId));
    if (payment.state !== 'pending' || payment.providerReference === null) return;
    await this.sights.see(payment);
  }

  /**
   * Gives back stock and promotions of an order that is still open and not paid for, lets go of its payment, and
   * tells the shopper; false when it was paid or cancelled meanwhile, and nothing is changed.
   */
  async expire(tx: Transaction, orderId: string): Promise<boolean> {
    await this.ledger.lock(tx, orderId);
    const payment = oldestOf(await this.ledger.list(tx, orderId));
    const order = await this.orders.findForShop(tx, orderId);
    const reason = reasonToExpire(payment);
    if (order === undefined || reason === undefined) return false;
    if (stateAfter(order, 'cancel') === undefined) return false;
    await this.cancellation.cancelAll(tx, order, reason);
    return true;
  }
}

/** The payment that the order stands or falls with; not one that was waived whole. */
function oldestOf(payments: OrderPayments): Payment {
  return countedPayments(payments)[0] ?? payments[0];
}

/**
 * undefined: it is paid, or may still be (what the provider has yet to let go of was perhaps taken before), or
 * nothing is owed for what is left of the order.
 */
function reasonToExpire(payment: Payment): string | undefined {
  if (payment.state === 'pending') return UNAUTHORISED;
  return payment.state === 'voided' && dueMinor(payment) > 0 ? LET_GO : undefined;
}
