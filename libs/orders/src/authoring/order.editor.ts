import { Injectable } from '@nestjs/common';
import { DatabaseClock, sql, UnitOfWork, type Transaction } from '#libs/database';
import { StockTaker } from '#libs/inventory';
import { currentContext, staleVersion } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import { OrderLookup } from '../model/order-lookup.js';
import { statesAfter, type OrderAction, type OrderStates } from '../model/order-state.js';
import { OrderTransitionRepository } from '../model/order-transition.repository.js';
import { ordersErrors } from '../model/orders.errors.js';
import type { Order } from '../model/order.js';

export interface OrderAddress {
  readonly storeCode: string;
  readonly id: string;
}

/** What staff do to orders; one unit of work each, based on a version, in the history, audited. */
@Injectable()
export class OrderEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
    private readonly orders: OrderLookup,
    private readonly transitions: OrderTransitionRepository,
    private readonly stock: StockTaker,
  ) {}

  /**
   * A cancelled order gives its stock back. Throws `catalog.store-not-found`, `orders.order-not-found`,
   * `http.stale-version`, and `orders.action-refused` when the order is in no state for it.
   */
  act(
    { storeCode, id }: OrderAddress,
    version: number,
    { action, reason }: { readonly action: OrderAction; readonly reason: string | null },
  ): Promise<Order> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      const order = await this.orders.findInStore(tx, store.id, id);
      if (order === undefined) throw ordersErrors.orderNotFound();
      if (order.version !== version) throw staleVersion(order.version);
      const after = statesAfter(order, action, order.paymentMethod === 'invoice');
      if (after === undefined) {
        const { state, paymentState } = order;
        throw ordersErrors.actionRefused({ details: { action, state, paymentState } });
      }
      const changed = await this.move(tx, order, after, { action, reason });
      if (action === 'cancel') {
        const taken = order.lines.filter(({ isStockTaken }) => isStockTaken);
        await this.stock.giveBack(tx, store.id, taken);
      }
      return changed;
    });
  }

  private async move(
    tx: Transaction,
    order: Order,
    after: OrderStates,
    { action, reason }: { readonly action: OrderAction; readonly reason: string | null },
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
