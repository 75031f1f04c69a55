import { newId } from '#libs/kernel';
import { cartLimits, type CartLine } from './cart.js';

export interface WantedItem {
  readonly sku: string;
  /** At least 1. */
  readonly quantity: number;
}

/** Which variant, and of which product, a SKU leads to. */
export interface WantedVariant {
  readonly productId: string;
  readonly variantId: string;
}

/** What became of an item that was asked for. */
export type ItemOutcome =
  | { readonly sku: string; readonly isAdded: true; readonly quantity: number }
  | {
      readonly sku: string;
      readonly isAdded: false;
      readonly reason: 'unknown-sku' | 'too-many' | 'cart-full' | 'not-enough';
    };

export interface PlacedItems {
  readonly outcomes: readonly ItemOutcome[];
  readonly newLines: readonly CartLine[];
  /** New quantities of lines that were there, by their ids. */
  readonly raised: ReadonlyMap<string, number>;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Where wanted items go in a cart: a variant has one line, and what does not fit is told item by item. Of `short` variants there is
 * too little for the line that would be: nothing is added to them.
 */
export function placeItems(
  lines: readonly CartLine[],
  variants: ReadonlyMap<string, WantedVariant>,
  items: readonly WantedItem[],
  short: ReadonlySet<string> = NONE,
): PlacedItems {
  const byVariant = new Map(lines.map((line) => [line.variantId, line]));
  const raised = new Map<string, number>();
  const newLines = new Map<string, CartLine>();
  const outcomes = items.map(({ sku, quantity: wanted }): ItemOutcome => {
    const variant = variants.get(sku);
    if (variant === undefined) return { sku, isAdded: false, reason: 'unknown-sku' };
    if (short.has(variant.variantId)) return { sku, isAdded: false, reason: 'not-enough' };
    const line = byVariant.get(variant.variantId);
    const quantity = (line?.quantity ?? 0) + wanted;
    if (quantity > cartLimits.quantity) return { sku, isAdded: false, reason: 'too-many' };
    if (line === undefined && byVariant.size >= cartLimits.lines) {
      return { sku, isAdded: false, reason: 'cart-full' };
    }
    const placed = { seenMinor: null, ...variant, ...line, id: line?.id ?? newId(), quantity };
    byVariant.set(variant.variantId, placed);
    const isNew = line === undefined || newLines.has(variant.variantId);
    if (isNew) newLines.set(variant.variantId, placed);
    else raised.set(placed.id, quantity);
    return { sku, isAdded: true, quantity };
  });
  return { outcomes, newLines: [...newLines.values()], raised };
}

/** The lines of a cart once items are placed. */
export function linesOncePlaced(
  lines: readonly CartLine[],
  { raised, newLines }: Pick<PlacedItems, 'raised' | 'newLines'>,
): CartLine[] {
  const grown = lines.map((line) => ({ ...line, quantity: raised.get(line.id) ?? line.quantity }));
  return [...grown, ...newLines];
}
