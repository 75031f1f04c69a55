import { z } from 'zod';
import type { OrderEdit, OrderEditPlanning } from '#authoring/orders';
import { addressBody, plainText } from '#libs/http';
import { currency } from '../catalog/catalog.schemas.js';
import { itemsOf, orderedItems, quoteAnswer, quoteAnswerOf } from './staff-order.schemas.js';

export const editQuoteBody = z.strictObject({
  items: orderedItems
    .optional()
    .describe(
      'All that the order consists of afterwards; absent: as before. What was ordered before keeps its price.',
    ),
  shippingAddress: addressBody.optional().describe('Absent: as before.'),
  shippingMethod: plainText(60).optional().describe('Absent: as before.'),
  reason: plainText(200).describe('Stands in the history and in the audit log.'),
});
export type EditQuoteBody = z.infer<typeof editQuoteBody>;

export const editBody = editQuoteBody.extend({
  expectedTotal: z
    .strictObject({ amount: z.number().int().min(0), currency })
    .describe('What the buyer has agreed to pay in all.'),
});
export type EditBody = z.infer<typeof editBody>;

export function orderEditOf({ items, ...rest }: EditQuoteBody): OrderEdit {
  return items === undefined ? { ...rest, agreedPrices: [] } : { ...rest, ...itemsOf(items) };
}

const money = z.object({ amount: z.number().int(), currency: z.string() });
const difference = money.describe('To what the order came to before; below zero: less.');

export const editQuoteAnswer = quoteAnswer.extend({
  taxes: z.array(
    z.object({ code: z.string(), name: z.string(), ratePpm: z.number().int(), amount: money }),
  ),
  difference,
});
export type EditQuoteAnswer = z.infer<typeof editQuoteAnswer>;

type Quoted = Awaited<ReturnType<OrderEditPlanning['quote']>>;

/** `short`: variants of which there is too little. */
export function editQuoteAnswerOf(
  { order, priced }: Quoted,
  short: ReadonlySet<string>,
): EditQuoteAnswer {
  const { totals } = priced;
  const moneyOf = (amount: number) => ({ amount, currency: totals.currency });
  return {
    ...quoteAnswerOf(priced, short),
    taxes: totals.taxes.map(({ code, name, ratePpm, amountMinor }) => ({
      code,
      name,
      ratePpm,
      amount: moneyOf(amountMinor),
    })),
    difference: moneyOf(totals.totalMinor - order.totalMinor),
  };
}

export const editAnswer = z.object({
  id: z.uuid(),
  version: z.number().int(),
  total: money,
  difference,
});
export type EditAnswer = z.infer<typeof editAnswer>;
