import { allocate } from '#libs/kernel';
import { paymentsErrors } from '../payments.errors.js';
import type { Refund, RefundedItem, RefundedParts, RefundedShare } from './refund.js';

/** Pieces of a line of an order. */
export interface WantedItem {
  /** Counts from 1, as in the order. */
  readonly line: number;
  readonly quantity: number;
}

/** What is to be given back. `rest`: everything that is left. `amount`: a sum for no part of the order. */
export type RefundWish =
  | {
      readonly kind: 'items';
      readonly items: readonly WantedItem[];
      readonly shipping: boolean;
    }
  | { readonly kind: 'amount'; readonly amountMinor: number }
  | { readonly kind: 'rest' };

/** A part of an order as it was agreed: with its tax lines. */
export interface AgreedCharge {
  readonly totalMinor: number;
  readonly taxes: readonly { readonly code: string; readonly amountMinor: number }[];
}

export interface AgreedParts {
  /** In the order of the lines. */
  readonly lines: readonly (AgreedCharge & { readonly quantity: number })[];
  readonly shipping: AgreedCharge;
}

export interface PlannedRefund {
  readonly amountMinor: number;
  readonly parts: RefundedParts;
}

/** What was given back, or is no longer owed. */
type EarlierRefund = Pick<Refund, 'parts'>;

const NO_PARTS: RefundedParts = { items: [], shipping: null };

/**
 * What a refund comes to. Pure. It gives back stored allocations: the pieces of a line share what the line
 * came to, so that all of them together get exactly that, and the refund that gives back the last part
 * of an order gets what is left of what was taken. So no row of refunds comes to more or less than that.
 *
 * Throws `payments.refund-exceeds` for more than is left (of a line, or of what was taken) and
 * `payments.nothing-to-refund`.
 */
export function planRefund(
  wish: RefundWish,
  agreed: AgreedParts,
  /** Those that did not fail. */
  earlier: readonly EarlierRefund[],
  leftMinor: number,
): PlannedRefund {
  if (leftMinor === 0) throw paymentsErrors.nothingToRefund();
  switch (wish.kind) {
    case 'rest':
      return { amountMinor: leftMinor, parts: NO_PARTS };
    case 'amount':
      return { amountMinor: within(wish.amountMinor, leftMinor), parts: NO_PARTS };
    case 'items': {
      const { sumMinor, isLast, parts } = partsOf(wish, agreed, earlier);
      const amountMinor = isLast ? leftMinor : within(sumMinor, leftMinor);
      if (amountMinor === 0) throw paymentsErrors.nothingToRefund();
      return { amountMinor, parts };
    }
  }
}

/**
 * What comes off for pieces that an order loses: as {@link planRefund}, but what was given back before for pieces of
 * the same line counts for the lost ones first, and of money that is no longer there comes off what is left.
 * So a piece that staff paid for by hand before it came back is not paid for again. Pure; undefined: nothing
 * comes off.
 */
export function planLoss(
  items: readonly WantedItem[],
  /** What every line has lost, these pieces included. */
  lost: ReadonlyMap<number, number>,
  agreed: AgreedParts,
  earlier: readonly EarlierRefund[],
  leftMinor: number,
): PlannedRefund | undefined {
  const left = merged(items)
    .map(({ line, quantity }) => {
      const given = piecesGiven(line, earlier);
      return { line, quantity: Math.min(quantity, (lost.get(line) ?? 0) - given) };
    })
    .filter(({ quantity }) => quantity > 0);
  if (left.length === 0) return undefined;
  const { sumMinor, isLast, parts } = partsOf({ items: left, shipping: false }, agreed, earlier);
  const amountMinor = isLast ? leftMinor : Math.min(sumMinor, leftMinor);
  return amountMinor === 0 ? undefined : { amountMinor, parts };
}

interface PlannedParts {
  readonly sumMinor: number;
  /** Nothing of the order is left after these. */
  readonly isLast: boolean;
  readonly parts: RefundedParts;
}

function partsOf(
  wish: { readonly items: readonly WantedItem[]; readonly shipping: boolean },
  agreed: AgreedParts,
  earlier: readonly EarlierRefund[],
): PlannedParts {
  const items = merged(wish.items).map(({ line, quantity }): RefundedItem => {
    const charge = agreed.lines[line - 1];
    const left = piecesLeft(line, agreed, earlier);
    if (charge === undefined || quantity > left) {
      throw paymentsErrors.refundExceeds({ details: { line, left } });
    }
    const pieces = charge.quantity - left + quantity;
    return { line, quantity, ...shareOf(charge, givenOf(line, earlier), pieces, charge.quantity) };
  });
  const isShippingGiven = earlier.some(({ parts }) => parts.shipping !== null);
  if (wish.shipping && isShippingGiven) {
    throw paymentsErrors.refundExceeds({ details: { shipping: 0 } });
  }
  const shipping = wish.shipping ? shareOf(agreed.shipping, [], 1, 1) : null;
  const sumMinor = [...items, ...(shipping === null ? [] : [shipping])].reduce(
    (sum, { totalMinor }) => sum + totalMinor,
    0,
  );
  const isLast =
    (isShippingGiven || wish.shipping || agreed.shipping.totalMinor === 0) &&
    agreed.lines.every((_charge, index) => {
      const now = items.find(({ line }) => line === index + 1)?.quantity ?? 0;
      return piecesLeft(index + 1, agreed, earlier) === now;
    });
  return { sumMinor, isLast, parts: { items, shipping } };
}

function givenOf(line: number, earlier: readonly EarlierRefund[]): readonly RefundedItem[] {
  return earlier.flatMap(({ parts }) => parts.items).filter((item) => item.line === line);
}

function piecesGiven(line: number, earlier: readonly EarlierRefund[]): number {
  return givenOf(line, earlier).reduce((sum, { quantity }) => sum + quantity, 0);
}

function piecesLeft(line: number, agreed: AgreedParts, earlier: readonly EarlierRefund[]): number {
  return (agreed.lines[line - 1]?.quantity ?? 0) - piecesGiven(line, earlier);
}

/** One entry a line. */
function merged(items: readonly { readonly line: number; readonly quantity: number }[]) {
  const quantities = new Map<number, number>();
  for (const { line, quantity } of items) {
    quantities.set(line, (quantities.get(line) ?? 0) + quantity);
  }
  return [...quantities].map(([line, quantity]) => ({ line, quantity }));
}

/**
 * What the next pieces get, up to `pieces` of `whole`, after what the `given` ones got: so much that all of them
 * have their part of the charge, rounded down. Its net and taxes come of what is left of each, so the last
 * piece gets exactly that.
 */
function shareOf(
  charge: AgreedCharge,
  given: readonly RefundedShare[],
  pieces: number,
  whole: number,
): RefundedShare {
  const givenMinor = given.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  const dueMinor = Number((BigInt(charge.totalMinor) * BigInt(pieces)) / BigInt(whole));
  const totalMinor = Math.max(0, dueMinor - givenMinor);
  const taxMinor = charge.taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const netLeft = given.reduce(
    (left, { netMinor }) => left - netMinor,
    charge.totalMinor - taxMinor,
  );
  const taxesLeft = charge.taxes.map(({ amountMinor }, index) =>
    given.reduce((left, { taxes }) => left - (taxes[index]?.amountMinor ?? 0), amountMinor),
  );
  const [netMinor = 0, ...taxParts] = allocate(totalMinor, [netLeft, ...taxesLeft]);
  const taxes = charge.taxes.map(({ code }, index) => ({
    code,
    amountMinor: taxParts[index] ?? 0,
  }));
  return { netMinor, taxes, totalMinor };
}

function within(amountMinor: number, leftMinor: number): number {
  if (amountMinor > leftMinor) throw paymentsErrors.refundExceeds({ details: { leftMinor } });
  return amountMinor;
}
