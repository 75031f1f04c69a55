import type { Transaction } from '#libs/database';
import { writeOrderMailJob, type OrderMail } from '../model/order-mail.job.js';
import type { Order } from '../model/order.js';

/** Has a mail written about what the history of the order says last. */
export async function tellShopper(tx: Transaction, order: Order, mail: OrderMail): Promise<void> {
  const sequence = order.transitions.length;
  await tx.enqueue(writeOrderMailJob, { orderId: order.id, mail, sequence });
}
