import { Injectable } from '@nestjs/common';
import { DatabaseClock, sql, type Transaction } from '#libs/database';
import { currentContext, staleVersion } from '#libs/kernel';
import type { Order, OrderTransition } from './order.js';
import type { OrderStates } from './order-state.js';
import { OrderTransitionRepository } from './order-transition.repository.js';

/** What was done to an order. */
export interface OrderMove {
  readonly action: OrderTransition['action'];
  readonly reason: string | null;
}

/** Writes the states of an order, with its history and the audit log, based on the version that was read. */
@Injectable()
export class OrderMoves {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly transitions: OrderTransitionRepository,
  ) {}

  /** Throws `http.stale-version` when the order was changed meanwhile. */
  async move(
    tx: Transaction,
    order: Order,
    after: OrderStates,
    { action, reason }: OrderMove,
  ): Promise<Order> {
    const now = this.clock.wallMs();
    const { state, paymentState } = after;
    const isChanged = await tx.execute(sql`
      UPDATE sales_order
      SET state = ${state}, payment_state = ${paymentState}, version = version + 1,
        updated_at = ${now}
      WHERE id = ${order.id} AND version = ${order.version}`);
    if (isChanged !== 1) throw staleVersion(order.version + 1);
    const transition = {
      sequence: order.transitions.length + 1,
      action,
      actor: currentContext()?.actor?.name ?? null,
      reason,
      occurredAt: now,
    };
    await this.transitions.insert(tx, order.id, [transition]);
    tx.audit({
      action: `orders:order:${action}`,
      entity: 'order',
      entityId: order.id,
      before: { state: order.state, paymentState: order.paymentState },
      after: { state, paymentState, reason },
    });
    return {
      ...order,
      state,
      paymentState,
      version: order.version + 1,
      updatedAt: now,
      transitions: [...order.transitions, transition],
    };
  }
}
