import type { GivenBackStock } from '#libs/inventory';
import type { OrderLine } from '../order.js';
import type { LineProgress, LineQuantity } from './line-progress.js';

/** So many pieces of a line that were taken at a location. */
export interface TakenPart {
  /** null: at the main location, by a release that sold from no other. */
  readonly locationId: string | null;
  /** At least 1. */
  readonly quantity: number;
}

/** Some pieces of a line: those from place `begin` up to `end`, which is none of them. */
export interface PieceRange {
  /** The place of the line in the order, from 1. */
  readonly line: number;
  readonly begin: number;
  readonly end: number;
}

/**
 * Where pieces of a line were taken; empty when nothing of it is counted. The pieces of a line have an order, that in which its
 * locations were asked: what is shipped goes from the front, what is cancelled from the back, and what is put back into stock comes
 * back from the front. So the counts of a line say of each piece where it is, and parcels that leave together or one by one
 * come to the same. Pure.
 */
export function piecesOf(
  { takenFrom }: Pick<OrderLine, 'takenFrom'>,
  { begin, end }: Omit<PieceRange, 'line'>,
): TakenPart[] {
  let at = 0;
  const pieces: TakenPart[] = [];
  for (const { locationId, quantity } of takenFrom) {
    const within = Math.min(at + quantity, end) - Math.max(at, begin);
    if (within > 0) pieces.push({ locationId, quantity: within });
    at += quantity;
  }
  return pieces;
}

/** One part of each location. Pure. */
export function joinedParts(parts: readonly TakenPart[]): TakenPart[] {
  const byLocation = new Map<string | null, number>();
  for (const { locationId, quantity } of parts) {
    byLocation.set(locationId, (byLocation.get(locationId) ?? 0) + quantity);
  }
  return [...byLocation].map(([locationId, quantity]) => ({ locationId, quantity }));
}

/** The stock that pieces of an order have taken. Pure. */
export function takenOf(
  { lines }: { readonly lines: readonly Pick<OrderLine, 'variantId' | 'takenFrom'>[] },
  ranges: readonly PieceRange[],
): GivenBackStock[] {
  return ranges.flatMap((range) => {
    const line = lines[range.line - 1];
    if (line === undefined) return [];
    return piecesOf(line, range).map((part) => ({ ...part, variantId: line.variantId }));
  });
}

/** The pieces that were cancelled just now, by the counts of the lines after that. Pure. */
export function cancelledRanges(
  parts: readonly LineQuantity[],
  after: readonly LineProgress[],
): PieceRange[] {
  const byLine = new Map(after.map((progress) => [progress.line, progress]));
  return parts.flatMap(({ line, quantity }) => {
    const progress = byLine.get(line);
    if (progress === undefined) return [];
    const begin = progress.quantity - progress.cancelled;
    return [{ line, begin, end: begin + quantity }];
  });
}

/** The pieces that still have to go. Pure. */
export function openRange({ line, quantity, shipped, cancelled }: LineProgress): PieceRange {
  return { line, begin: shipped, end: quantity - cancelled };
}

/** The next pieces of each line, one part after the other, behind those that `before` counts. Pure. */
export function nextRanges(
  before: Map<number, number>,
  parts: readonly LineQuantity[],
): PieceRange[] {
  return parts.map(({ line, quantity }) => {
    const begin = before.get(line) ?? 0;
    before.set(line, begin + quantity);
    return { line, begin, end: begin + quantity };
  });
}
