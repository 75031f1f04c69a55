import type { OrderState } from '../order-state.js';

/** What became of the pieces of one line: `shipped + cancelled <= quantity`, `returned <= shipped`. */
export interface LineProgress {
  /** The place of the line in the order, from 1. */
  readonly line: number;
  readonly quantity: number;
  readonly shipped: number;
  readonly cancelled: number;
  /** Announced to come back, or come back. */
  readonly returned: number;
}

/** Some pieces of a line. */
export interface LineQuantity {
  readonly line: number;
  /** Whole, at least 1. */
  readonly quantity: number;
}

/** How many pieces of a line still have to go. Pure. */
export function openQuantity({ quantity, shipped, cancelled }: LineProgress): number {
  return quantity - shipped - cancelled;
}

/** Everything that still has to go; empty when nothing has. Pure. */
export function openPart(lines: readonly LineProgress[]): LineQuantity[] {
  return lines
    .map((progress) => ({ line: progress.line, quantity: openQuantity(progress) }))
    .filter(({ quantity }) => quantity > 0);
}

/** How far an order is, from its lines alone. Pure. */
export function stateOfProgress(lines: readonly LineProgress[]): OrderState {
  const isDone = openPart(lines).length === 0;
  if (!lines.some(({ shipped }) => shipped > 0)) return isDone ? 'cancelled' : 'open';
  return isDone ? 'shipped' : 'partly-shipped';
}

/** The same line named twice counts once, with both quantities. Pure. */
export function mergedQuantities(parts: readonly LineQuantity[]): LineQuantity[] {
  const byLine = new Map<number, number>();
  for (const { line, quantity } of parts) byLine.set(line, (byLine.get(line) ?? 0) + quantity);
  return [...byLine].map(([line, quantity]) => ({ line, quantity }));
}
