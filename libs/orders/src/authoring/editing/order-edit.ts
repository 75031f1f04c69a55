import { isDeepStrictEqual } from 'node:util';
import type { GivenBackStock, StockDemand, TakenStock } from '#libs/inventory';
import type { Address } from '#libs/kernel';
import { joinedParts, piecesOf } from '../../model/fulfilment/line-pieces.js';
import type { Order, OrderLine } from '../../model/order.js';
import { reasonOfPrices, type AgreedPrice } from '../placing/staff-order.js';

/** What staff change about an order; what is absent stays. */
export interface OrderEdit {
  /** All that it consists of afterwards. */
  readonly items?: readonly { readonly sku: string; readonly quantity: number }[] | undefined;
  /** Pieces that were ordered before keep their price, unless there is one here. */
  readonly agreedPrices: readonly AgreedPrice[];
  readonly shippingAddress?: Address | undefined;
  readonly shippingMethod?: string | undefined;
  readonly reason: string;
}

export interface StockChange {
  readonly taken: readonly StockDemand[];
  readonly givenBack: readonly GivenBackStock[];
}

type StockLine = Pick<OrderLine, 'variantId' | 'quantity' | 'isStockTaken' | 'takenFrom'>;

/**
 * What an edit takes of stock, and gives back. A line whose quantity stays moves nothing; one of which no stock was
 * taken so far, because none was counted, is taken whole once it is changed. Pure.
 */
export function stockChangeOf(
  before: readonly StockLine[],
  after: readonly Pick<OrderLine, 'variantId' | 'quantity'>[],
): StockChange {
  const wanted = new Map(after.map(({ variantId, quantity }) => [variantId, quantity]));
  const known = new Map(before.map((line) => [line.variantId, line]));
  const taken = after.flatMap(({ variantId, quantity }) => {
    const line = known.get(variantId);
    const more = quantity - (line?.isStockTaken === true ? line.quantity : 0);
    return quantity === line?.quantity || more <= 0 ? [] : [{ variantId, quantity: more }];
  });
  const givenBack = before.flatMap((line) => {
    const { variantId, quantity: end } = line;
    const less = piecesOf(line, { begin: wanted.get(variantId) ?? 0, end });
    return less.map((part) => ({ ...part, variantId }));
  });
  return { taken, givenBack };
}

/** The lines after an edit, each with where its pieces were taken: those that it had and keeps, and those it took now. Pure. */
export function linesAfter(
  before: readonly StockLine[],
  planned: readonly OrderLine[],
  taken: TakenStock,
): OrderLine[] {
  const known = new Map(before.map((line) => [line.variantId, line]));
  return planned.map((line) => {
    const had = known.get(line.variantId);
    const kept = had === undefined ? [] : piecesOf(had, { begin: 0, end: line.quantity });
    const takenFrom = joinedParts([...kept, ...(taken.get(line.variantId) ?? [])]);
    return { ...line, isStockTaken: takenFrom.length > 0, takenFrom };
  });
}

/** What an edit may change of an order. */
export type Editable = Pick<Order, 'lines' | 'shipping' | 'shippingAddress' | 'totalMinor'>;

/** Whether the order would be another one afterwards. Pure. */
export function isAnother(before: Editable, after: Editable): boolean {
  return !isDeepStrictEqual(essenceOf(before), essenceOf(after));
}

function essenceOf({ lines, shipping, shippingAddress, totalMinor }: Editable) {
  return {
    lines: lines.map(({ variantId, quantity, unitPriceMinor }) => [
      variantId,
      quantity,
      unitPriceMinor,
    ]),
    method: shipping.method,
    shippingAddress,
    totalMinor,
  };
}

const MAX_REASON = 500;

/**
 * What the history says of an edit: why, which quantities changed, and whether it goes another way or to another place. It
 * holds no address: who is erased would stay in it. Pure.
 */
export function reasonOfEdit(
  { reason, agreedPrices }: OrderEdit,
  before: Editable,
  after: Editable,
): string {
  const quantityIn = ({ lines }: Editable, variantId: string) =>
    lines.find((line) => line.variantId === variantId)?.quantity ?? 0;
  const bySku = new Map(
    [...before.lines, ...after.lines].map((line) => [line.variantId, line.sku]),
  );
  const changes = [...bySku].flatMap(([variantId, sku]) => {
    const [was, is] = [quantityIn(before, variantId), quantityIn(after, variantId)];
    return was === is ? [] : [`${sku ?? variantId}: ${was} → ${is}`];
  });
  const [sent, sends] = [before.shipping.method, after.shipping.method];
  if (sent !== sends) changes.push(`shipping: ${sent} → ${sends}`);
  const isMoved = !isDeepStrictEqual(before.shippingAddress, after.shippingAddress);
  if (isMoved) changes.push('another address');
  const prices = reasonOfPrices(agreedPrices);
  const text = [reason, ...changes, ...(prices === null ? [] : [prices])].join('; ');
  return text.length <= MAX_REASON ? text : `${text.slice(0, MAX_REASON - 1)}…`;
}
