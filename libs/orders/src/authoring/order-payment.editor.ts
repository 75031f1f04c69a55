import { Injectable } from '@nestjs/common';
import { IdempotentUnitOfWork, type Transaction } from '#libs/database';
import type { JsonValue } from '#libs/kernel';
import {
  PaymentLedger,
  PaymentRequests,
  RefundRepository,
  type OrderPayments,
  type Refund,
  type RefundWish,
} from '#libs/payments';
import { agreedPartsOf } from '../model/agreed-parts.js';
import { OrderMoves } from '../model/order-moves.js';
import { paymentStateOf } from '../model/order-state.js';
import type { Order, PaymentAct } from '../model/order.js';
import { allowedState } from './allowed-state.js';
import { OrderDirectory } from './order.directory.js';
import type { OrderAddress } from './order-changes.js';

/** The payments of an order, the one it was placed with first, with what was given back, oldest first. */
export type PaymentView = {
  readonly payments: OrderPayments;
  readonly refunds: readonly Refund[];
};

export type PaymentCommand = { readonly reason: string | null } & (
  | { readonly act: 'capture'; readonly amountMinor: number | null }
  | { readonly act: 'void' }
  | { readonly act: 'refund'; readonly wish: RefundWish }
);

/**
 * What staff do to the money of an order; one unit of work each, once for a key, in the history, audited.
 * What needs a provider is answered as pending, and done by a job.
 */
@Injectable()
export class OrderPaymentEditor {
  constructor(
    private readonly idempotent: IdempotentUnitOfWork,
    private readonly directory: OrderDirectory,
    private readonly ledger: PaymentLedger,
    private readonly requests: PaymentRequests,
    private readonly refunds: RefundRepository,
    private readonly moves: OrderMoves,
  ) {}

  /**
   * Throws `catalog.store-not-found`, `orders.order-not-found`, `orders.action-refused`,
   * `payments.step-refused`, for refunds also `payments.refund-exceeds` and `payments.nothing-to-refund`,
   * and `idempotency.*`.
   */
  act(address: OrderAddress, key: string, command: PaymentCommand): Promise<PaymentView> {
    const request = {
      scope: `payment:${address.id}`,
      key,
      body: { ...command, store: address.storeCode } as JsonValue,
    };
    return this.idempotent.exclusively(request, () =>
      this.idempotent.run(request, async (tx) => {
        await this.ledger.lock(tx, address.id);
        const order = await this.directory.getWithin(tx, address.storeCode, address.id);
        const payments = await this.ledger.list(tx, order.id);
        const state = allowedState(order, command.act);
        const after = await this.carryOut(tx, order, payments, command);
        const move = { action: command.act satisfies PaymentAct, reason: command.reason };
        await this.moves.move(tx, order, { state, paymentState: paymentStateOf(after) }, move);
        const ids = after.map(({ id }) => id);
        return { payments: after, refunds: await this.refunds.listOfAll(tx, ids) };
      }),
    );
  }

  private async carryOut(
    tx: Transaction,
    order: Order,
    payments: OrderPayments,
    command: PaymentCommand,
  ): Promise<OrderPayments> {
    switch (command.act) {
      case 'capture':
        return this.requests.capture(tx, payments, command.amountMinor);
      case 'void':
        return this.requests.void(tx, payments);
      case 'refund': {
        const { wish, reason } = command;
        const agreed = agreedPartsOf(order);
        return this.requests.refund(tx, payments, { wish, agreed, reason });
      }
    }
  }
}
