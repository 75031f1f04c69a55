import { Injectable } from '@nestjs/common';
import { insertRows, type Transaction } from '#libs/database';
import type { OrderTransition } from './order.js';

/** The history of orders; nothing of it is ever changed. */
@Injectable()
export class OrderTransitionRepository {
  async insert(
    tx: Transaction,
    orderId: string,
    transitions: readonly OrderTransition[],
  ): Promise<void> {
    await insertRows(
      tx,
      'order_transition',
      transitions.map(({ sequence, action, actor, reason, occurredAt }) => ({
        order_id: orderId,
        sequence,
        action,
        actor,
        reason,
        occurred_at: occurredAt,
      })),
    );
  }
}
