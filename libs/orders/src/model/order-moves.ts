import { Injectable } from '@nestjs/common';
import { DatabaseClock, type RowOf, sql, type Transaction } from '#libs/database';
import { currentContext, staleVersion, type JsonObject } from '#libs/kernel';
import type { Order, OrderTransition } from './order.js';
import { OrderObservers } from './order-observers.js';
import type { OrderAwaits } from './confirming/order-awaits.js';
import type { OrderPaymentState, OrderState, OrderStates } from './order-state.js';
import { ordersTags } from './orders.tags.js';
import { orderTopic } from './order-topic.js';
import { OrderTransitionRepository } from './order-transition.repository.js';
import type { OrderEntity } from './order.entity.js';

/** What was done to an order. */
export interface OrderMove {
  readonly action: OrderTransition['action'];
  readonly reason: string | null;
  /** What else the audit log says of it. */
  readonly audited?: { readonly before: JsonObject; readonly after: JsonObject };
}

/** The states afterwards; without `awaits` the order waits for what it did before. */
export interface MovedStates extends OrderStates {
  readonly awaits?: OrderAwaits | null;
}

/** Writes the states of an order, with its history. */
@Injectable()
export class OrderMoves {
  constructor(
    private readonly clock: DatabaseClock,
    private readonly transitions: OrderTransitionRepository,
    private readonly observers: OrderObservers,
  ) {}

  /** What somebody did, in the audit log too. Throws `http.stale-version` when the order was changed meanwhile. */
  async move(
    tx: Transaction,
    order: Order,
    after: MovedStates,
    { action, reason, audited }: OrderMove,
  ): Promise<Order> {
    const now = this.clock.wallMs();
    const { state, paymentState } = after;
    const awaits = awaitsOf(order, after);
    const isChanged = await tx.execute(sql`
      UPDATE sales_order
      SET state = ${state}, payment_state = ${paymentState}, awaits = ${awaits},
        version = version + 1, updated_at = ${now}
      WHERE id = ${order.id} AND version = ${order.version}`);
    if (isChanged !== 1) throw staleVersion(order.version + 1);
    if (order.customerId !== null) tx.invalidate(ordersTags.history(order.customerId));
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
      before: { ...audited?.before, state: order.state, paymentState: order.paymentState },
      after: { ...audited?.after, state, paymentState, reason },
    });
    tx.touch(orderTopic(order.number));
    await this.observers.tell(tx, order.id, after);
    return {
      ...order,
      state,
      paymentState,
      awaits,
      version: order.version + 1,
      updatedAt: now,
      transitions: [...order.transitions, transition],
    };
  }

  /**
   * Writes what happened to the payment of an order, on whatever version there is; undefined when there is no
   * such order.
   */
  async follow(
    tx: Transaction,
    orderId: string,
    paymentState: OrderPaymentState,
    { action, reason }: OrderMove,
  ): Promise<FollowedOrder | undefined> {
    const now = this.clock.wallMs();
    const isThere = await tx.execute(sql`
      UPDATE sales_order
      SET payment_state = ${paymentState}, version = version + 1, updated_at = ${now}
      WHERE id = ${orderId}`);
    if (isThere !== 1) return undefined;
    const [order] = await tx.query<FollowedRow>(sql`
      SELECT order_number, store_code, customer_id, state,
        (SELECT MAX(sequence) FROM order_transition WHERE order_id = ${orderId}) AS sequence
      FROM sales_order
      WHERE id = ${orderId}`);
    if (order === undefined) return undefined;
    if (order.customer_id !== null) tx.invalidate(ordersTags.history(order.customer_id));
    const sequence = (order.sequence ?? 0) + 1;
    const actor = currentContext()?.actor?.name ?? null;
    await this.transitions.insert(tx, orderId, [
      { sequence, action, actor, reason, occurredAt: now },
    ]);
    const { order_number: number, store_code: storeCode, state } = order;
    tx.touch(orderTopic(number));
    await this.observers.tell(tx, orderId, { state, paymentState });
    return { number, storeCode, state };
  }
}

/** A cancelled order waits for nothing. */
function awaitsOf(order: Order, { state, awaits }: MovedStates): OrderAwaits | null {
  if (state === 'cancelled') return null;
  return awaits === undefined ? order.awaits : awaits;
}

export interface FollowedOrder {
  readonly number: string;
  readonly storeCode: string;
  readonly state: OrderState;
}

interface FollowedRow extends RowOf<
  OrderEntity,
  'order_number' | 'store_code' | 'customer_id' | 'state'
> {
  readonly sequence: number | null;
}
