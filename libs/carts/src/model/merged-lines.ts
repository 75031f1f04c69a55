import { newId } from '#libs/kernel';
import { cartLimits, type CartLine } from './cart.js';

/** What of a guest's cart found no place in the cart of the customer. */
export interface LeftOutItem {
  readonly variantId: string;
  readonly quantity: number;
}

export interface MergedLines {
  readonly newLines: readonly CartLine[];
  /** New quantities of lines that were there, by their ids. */
  readonly raised: ReadonlyMap<string, number>;
  readonly leftOut: readonly LeftOutItem[];
}

/**
 * Where the lines of a guest's cart go in the customer's. A variant has one line, whose quantity is the sum; what
 * exceeds a limit is left out and told. Nothing of the customer's own is ever lost. Pure but for new ids.
 */
export function mergeLines(own: readonly CartLine[], guest: readonly CartLine[]): MergedLines {
  const byVariant = new Map(own.map((line) => [line.variantId, line]));
  const raised = new Map<string, number>();
  const newLines: CartLine[] = [];
  const leftOut: LeftOutItem[] = [];
  for (const line of guest) {
    const there = byVariant.get(line.variantId);
    const isFull = there === undefined && own.length + newLines.length >= cartLimits.lines;
    const before = there?.quantity ?? 0;
    const after = isFull ? 0 : Math.min(before + line.quantity, cartLimits.quantity);
    const missing = isFull ? line.quantity : before + line.quantity - after;
    if (missing > 0) leftOut.push({ variantId: line.variantId, quantity: missing });
    if (isFull || after === before) continue;
    if (there === undefined) newLines.push({ ...line, id: newId(), quantity: after });
    else raised.set(there.id, after);
  }
  return { newLines, raised, leftOut };
}
