import {
  openPart,
  openQuantity,
  type LineProgress,
  type LineQuantity,
} from '../fulfilment/line-progress.js';
import type { Order } from '../order.js';
import type { OrderAwaits } from './order-awaits.js';

type Waiting = Pick<Order, 'awaits' | 'lines'>;

/** What of an order has yet to get its stock: what was cancelled meanwhile needs none. Pure. */
export function waitingPart(order: Waiting, progress: readonly LineProgress[]): LineQuantity[] {
  if (order.awaits === null) return [];
  const open = openPart(progress);
  if (order.awaits === 'confirmation') return open;
  return open.filter(({ line }) => order.lines[line - 1]?.isDelayed === true);
}

/** What an order waits for once pieces of it were cancelled: nothing when none of them is delayed any more. Pure. */
export function awaitsAfter(order: Waiting, progress: readonly LineProgress[]): OrderAwaits | null {
  if (order.awaits !== 'stock') return order.awaits;
  const isWaiting = progress.some(
    (each) => order.lines[each.line - 1]?.isDelayed === true && openQuantity(each) > 0,
  );
  return isWaiting ? 'stock' : null;
}

/** The lines of a parcel that have no stock yet. Pure. */
export function delayedLines({ lines }: Waiting, parts: readonly LineQuantity[]): number[] {
  return parts.map(({ line }) => line).filter((line) => lines[line - 1]?.isDelayed === true);
}
