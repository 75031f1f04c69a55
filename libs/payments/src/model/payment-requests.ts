import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import { amendmentOf, type AmendedTotal, type AmendmentRefusal } from './amendment.js';
import {
  countedPayments,
  dividedParts,
  lessOf,
  openPayments,
  refundsOf,
  standingMinor,
  type LessPart,
  type OrderPayments,
} from './order-payments.js';
import { PaymentLedger } from './payment-ledger.js';
import { PaymentMoves } from './payment-moves.js';
import { paymentsErrors } from './payments.errors.js';
import { dueMinor, isLetGo, refundableMinor, type AddedLine, type Payment } from './payment.js';
import {
  planLoss,
  planRefund,
  type AgreedParts,
  type PlannedRefund,
  type RefundWish,
  type WantedItem,
} from './refunds/plan-refund.js';
import type { ReducedShare, Refund } from './refunds/refund.js';
import { RefundRepository } from './refunds/refund.repository.js';

export interface RefundRequest {
  readonly wish: RefundWish;
  readonly agreed: AgreedParts;
  readonly reason: string | null;
}

/** What an edit makes of an order. */
export interface AmendRequest extends AmendedTotal {
  /** What it takes off, by how it is taxed; all of it together is the difference of the totals. */
  readonly reduced: readonly ReducedShare[];
  /** What it changes, part by part; all of it together is the difference of the totals. */
  readonly added: readonly AddedLine[];
  readonly reason: string | null;
}

/** Pieces that will not be delivered, or came back. */
export interface LostItems {
  readonly items: readonly WantedItem[];
  /** How many pieces each line has lost by now, these included; by the number of the line. */
  readonly lost: ReadonlyMap<number, number>;
  readonly agreed: AgreedParts;
  readonly reason: string | null;
}

/** Why an order cannot come to another total, for people. */
const REFUSALS: Readonly<Record<AmendmentRefusal, string>> = {
  'nothing-left': 'The order would come to nothing: cancel it',
  'money-moved':
    'What was taken of the order and stays, or is owed, is not what it comes to: cancel pieces, or give money back',
  'under-way': 'A payment is being taken or let go of: try again when that has ended',
};

const NO_PARTS = { items: [], shipping: null } as const;

/**
 * What is asked of the payments of an order, all of which are held ({@link PaymentLedger.holdAll}), inside the unit of work of its
 * caller; answers all of them as they are then. All throw `payments.step-refused` where a payment is in no state for it.
 */
@Injectable()
export class PaymentRequests {
  constructor(
    private readonly ledger: PaymentLedger,
    private readonly moves: PaymentMoves,
    private readonly refunds: RefundRepository,
  ) {}

  /** Staff saw the money: all that is pending. Not for payments that a provider reports. */
  async confirm(tx: Transaction, payments: OrderPayments): Promise<OrderPayments> {
    const awaited = openPayments(payments).filter((payment) => !this.moves.isRemote(payment));
    if (awaited.length === 0) {
      const [{ method, state }] = payments;
      throw paymentsErrors.stepRefused({ details: { step: 'confirm', method, state } });
    }
    return this.each(payments, awaited, (payment) => this.moves.confirm(tx, payment));
  }

  /** Null: everything that was authorised and is still owed; an amount is taken of what was authorised first. */
  async capture(
    tx: Transaction,
    payments: OrderPayments,
    amountMinor: number | null,
  ): Promise<OrderPayments> {
    const promised = countedPayments(payments).filter(({ state }) => state === 'authorised');
    const [first = payments[0]] = promised;
    const taken = amountMinor === null && promised.length > 0 ? promised : [first];
    return this.each(payments, taken, (payment) => this.moves.capture(tx, payment, amountMinor));
  }

  /** All of it, as long as nothing was taken. */
  async void(tx: Transaction, payments: OrderPayments): Promise<OrderPayments> {
    const counted = countedPayments(payments);
    const [first] = payments;
    const letGo = counted.length > 0 ? counted : [first];
    return this.each(payments, letGo, (payment) => this.moves.void(tx, payment));
  }

  /** The order will not be delivered: what was taken is given back, what was not is let go. */
  async giveUp(
    tx: Transaction,
    payments: OrderPayments,
    reason: string | null,
  ): Promise<OrderPayments> {
    return this.each(payments, payments, (payment) => this.giveUpOne(tx, payment, reason));
  }

  /** The same of one payment. */
  async giveUpOne(tx: Transaction, payment: Payment, reason: string | null): Promise<Payment> {
    if (isLetGo(payment)) return payment;
    if (payment.state !== 'captured') return this.moves.void(tx, payment);
    const amountMinor = refundableMinor(payment);
    if (amountMinor === 0) return payment;
    return this.moves.giveBack(tx, payment, { amountMinor, parts: NO_PARTS }, reason);
  }

  /** Throws what {@link planRefund} throws. */
  async refund(
    tx: Transaction,
    payments: OrderPayments,
    { wish, agreed, reason }: RefundRequest,
  ): Promise<OrderPayments> {
    const earlier = await this.standing(tx, payments);
    const leftMinor = payments.reduce((sum, payment) => sum + refundableMinor(payment), 0);
    const planned = planRefund(wish, agreed, earlier, leftMinor);
    return this.takeParts(tx, payments, refundsOf(payments, planned.amountMinor), planned, reason);
  }

  /**
   * Takes off what lost pieces came to: what was not taken is no longer owed, and what was is given back;
   * a payment that nothing is owed of any more is let go. What was given back before for pieces of a line counts
   * for its lost ones first ({@link planLoss}).
   */
  async takeOff(
    tx: Transaction,
    payments: OrderPayments,
    { items, lost, agreed, reason }: LostItems,
  ): Promise<OrderPayments> {
    const counted = countedPayments(payments);
    if (counted.length === 0 || counted.some(isLetGo)) return payments;
    const earlier = await this.standing(tx, payments);
    const planned = planLoss(items, lost, agreed, earlier, standingMinor(payments));
    if (planned === undefined) return payments;
    const capturing = counted.find(({ state }) => state === 'capturing');
    if (capturing !== undefined) {
      throw paymentsErrors.stepRefused({ details: { step: 'waive', state: capturing.state } });
    }
    return this.takeParts(tx, payments, lessOf(payments, planned.amountMinor), planned, reason);
  }

  /**
   * The order comes to another total ({@link amendmentOf}): it is asked for, the difference is no longer owed or given back, or it is
   * a further payment. Throws `payments.method-unavailable` for a way to pay that is no longer offered.
   */
  async amend(
    tx: Transaction,
    payments: OrderPayments,
    { reduced, added, reason, ...totals }: AmendRequest,
  ): Promise<OrderPayments> {
    const [first] = payments;
    const { orderId, method, currency, state } = first;
    const amendment = amendmentOf(payments, !this.moves.isRemote(first), totals);
    switch (amendment.kind) {
      case 'none':
        return payments;
      case 'ask-for': {
        const { payment, amountMinor } = amendment;
        return replaced(payments, await this.ledger.amend(tx, payment, amountMinor));
      }
      case 'less': {
        const { parts } = amendment;
        const planned = { parts: { ...NO_PARTS, reduced } };
        return this.takeParts(tx, payments, parts, planned, reason);
      }
      case 'more': {
        const balance = { claim: newId(), lines: added };
        const of = { orderId, method, currency, amountMinor: amendment.amountMinor };
        return [...payments, await this.ledger.open(tx, { ...of, balance })];
      }
      case 'refused': {
        const { because } = amendment;
        throw paymentsErrors.stepRefused({
          message: REFUSALS[because],
          details: { step: 'amend', because, method, state },
        });
      }
    }
  }

  /** A balance that its provider let go of is asked for anew; what it is for is billed once. */
  async askAnew(
    tx: Transaction,
    payments: OrderPayments,
    { orderId, method, currency, balance, ...of }: Payment,
  ): Promise<OrderPayments> {
    const amountMinor = dueMinor(of);
    const again = { orderId, method, currency, balance, amountMinor };
    return [...payments, await this.ledger.open(tx, again)];
  }

  /** Gives back what was taken beyond what is owed: a provider may take what it was promised at first. */
  async giveBackExcess(tx: Transaction, payment: Payment, reason: string): Promise<Payment> {
    const amountMinor = refundableMinor(payment) - dueMinor(payment);
    if (amountMinor <= 0) return payment;
    return this.moves.giveBack(tx, payment, { amountMinor, parts: NO_PARTS }, reason);
  }

  /** Staff gave the money back: all of the pending refunds. */
  async confirmRefunds(tx: Transaction, payments: OrderPayments): Promise<OrderPayments> {
    const pending = (await this.standing(tx, payments)).filter(({ state }) => state === 'pending');
    const ofStaff = payments.filter(
      (payment) =>
        !this.moves.isRemote(payment) && pending.some(({ paymentId }) => paymentId === payment.id),
    );
    if (ofStaff.length === 0) {
      throw paymentsErrors.stepRefused({
        details: { step: 'confirm-refund', state: payments[0].state },
      });
    }
    return this.each(payments, ofStaff, (payment) => {
      const own = pending.filter(({ paymentId }) => paymentId === payment.id);
      return this.moves.confirmRefunds(tx, payment, own);
    });
  }

  /** What was given back, or is about to be, or is no longer owed; oldest first. */
  private async standing(tx: Transaction, payments: OrderPayments): Promise<Refund[]> {
    const refunds = await this.refunds.listOfAll(
      tx,
      payments.map(({ id }) => id),
    );
    return refunds.filter(({ state }) => state !== 'failed');
  }

  /** What is planned comes off in these parts, each with its share of what it is for. */
  private async takeParts(
    tx: Transaction,
    payments: OrderPayments,
    less: readonly LessPart[],
    { parts }: Pick<PlannedRefund, 'parts'>,
    reason: string | null,
  ): Promise<OrderPayments> {
    const divided = dividedParts(
      parts,
      less.map(({ amountMinor }) => amountMinor),
    );
    let current = payments;
    for (const [index, { payment, kind, amountMinor }] of less.entries()) {
      const planned = { amountMinor, parts: divided[index] ?? NO_PARTS };
      const after =
        kind === 'waive'
          ? await this.moves.waive(tx, payment, planned, reason)
          : await this.moves.giveBack(tx, payment, planned, reason);
      current = replaced(current, after);
    }
    return current;
  }

  private async each(
    payments: OrderPayments,
    some: readonly Payment[],
    work: (payment: Payment) => Promise<Payment>,
  ): Promise<OrderPayments> {
    let current = payments;
    for (const payment of some) current = replaced(current, await work(payment));
    return current;
  }
}

function replaced([first, ...rest]: OrderPayments, after: Payment): OrderPayments {
  const current = (payment: Payment) => (payment.id === after.id ? after : payment);
  return [current(first), ...rest.map(current)];
}
