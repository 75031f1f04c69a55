import { z } from 'zod';
import type { Fulfilment } from '#authoring/orders';
import { isoTime, plainText } from '#libs/http';
import { openQuantity, orderStates, returnStates, shipmentLimits } from '#libs/orders';

const MAX_LINES = 200;

/** Pieces of lines of an order; may be none. */
export const lineQuantities = z
  .array(
    z.strictObject({
      line: z.number().int().min(1).max(MAX_LINES).describe('Counts from 1, as in the order.'),
      quantity: z.number().int().min(1).max(9_999),
    }),
  )
  .max(MAX_LINES);
const someLineQuantities = lineQuantities.min(1);

const items = someLineQuantities
  .nullable()
  .default(null)
  .describe('null: everything that is left.');
const reason = plainText(500).nullable().default(null);

export const shipmentBody = z.strictObject({
  items,
  carrier: plainText(shipmentLimits.carrier).nullable().default(null),
  trackingNumber: plainText(shipmentLimits.trackingNumber).nullable().default(null),
  trackingUrl: z
    .url({ protocol: /^https?$/ })
    .max(shipmentLimits.trackingUrl)
    .nullable()
    .default(null),
  reason,
});
export type ShipmentBody = z.infer<typeof shipmentBody>;

export const cancellationBody = z.strictObject({
  items,
  refund: z
    .boolean()
    .default(true)
    .describe(
      'Give back what was taken for the items, or no longer ask for it; what was given back by hand for items of the line counts first. A whole order always does.',
    ),
  reason,
});
export type CancellationBody = z.infer<typeof cancellationBody>;

export const returnBody = z.strictObject({ items: someLineQuantities, reason });
export type ReturnBody = z.infer<typeof returnBody>;

export const returnParams = z.strictObject({ id: z.uuid(), returnId: z.uuid() });
export type ReturnParams = z.infer<typeof returnParams>;

const piece = z.number().int().min(0).max(9_999);

export const receiptBody = z.strictObject({
  items: z
    .array(
      z.strictObject({
        line: z.number().int().min(1).max(MAX_LINES),
        received: piece,
        restocked: piece.describe('Of those, good enough to be sold again.'),
      }),
    )
    .max(MAX_LINES)
    .describe('Lines that are not named have not come.'),
  reason,
});
export type ReceiptBody = z.infer<typeof receiptBody>;

export const rejectionBody = z.strictObject({ reason });
export type RejectionBody = z.infer<typeof rejectionBody>;

export const closingBody = z.strictObject({
  refund: z
    .boolean()
    .default(true)
    .describe(
      'Give back what was taken for what came, or no longer ask for it; what was given back by hand for items of the line counts first.',
    ),
  reason,
});
export type ClosingBody = z.infer<typeof closingBody>;

const count = z.number().int();
const placed = z.array(z.object({ location: z.string().describe('Its code.'), quantity: count }));

export const fulfilmentAnswer = z.object({
  orderId: z.uuid(),
  state: z.enum(orderStates),
  version: count.describe('Of the order.'),
  lines: z.array(
    z.object({
      line: count,
      sku: z.string().nullable(),
      name: z.string(),
      ordered: count,
      shipped: count,
      cancelled: count,
      returned: count.describe('Come back, or announced to.'),
      open: count.describe('Still to go.'),
      openFrom: placed.describe(
        'Where what still has to go was taken; empty when its stock is not counted, or not taken yet.',
      ),
    }),
  ),
  shipments: z.array(
    z.object({
      id: z.uuid(),
      items: z.array(
        z.object({
          line: count,
          quantity: count,
          from: placed.describe('Where its goods come from.'),
        }),
      ),
      carrier: z.string().nullable(),
      trackingNumber: z.string().nullable(),
      trackingUrl: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
  returns: z.array(
    z.object({
      id: z.uuid(),
      state: z.enum(returnStates),
      requestedBy: z.string().nullable().describe('null: the shopper.'),
      reason: z.string().nullable(),
      items: z.array(
        z.object({
          line: count,
          quantity: count,
          received: count,
          restocked: count.describe('Back in stock.'),
        }),
      ),
      createdAt: z.iso.datetime(),
      updatedAt: z.iso.datetime(),
    }),
  ),
});
export type FulfilmentAnswer = z.infer<typeof fulfilmentAnswer>;

export function fulfilmentAnswerOf({
  order,
  lines,
  shipments,
  returns,
}: Fulfilment): FulfilmentAnswer {
  return {
    orderId: order.id,
    state: order.state,
    version: order.version,
    lines: lines.map((progress) => ({
      line: progress.line,
      sku: order.lines[progress.line - 1]?.sku ?? null,
      name: order.lines[progress.line - 1]?.name ?? '',
      ordered: progress.quantity,
      shipped: progress.shipped,
      cancelled: progress.cancelled,
      returned: progress.returned,
      open: openQuantity(progress),
      openFrom: [...progress.openFrom],
    })),
    shipments: shipments.map(({ sequence: _sequence, createdAt, items: parts, ...shipment }) => ({
      ...shipment,
      items: parts.map((part) => ({ ...part, from: [...part.from] })),
      createdAt: isoTime(createdAt),
    })),
    returns: returns.map(({ items: parts, createdAt, updatedAt, ...one }) => ({
      ...one,
      items: [...parts],
      createdAt: isoTime(createdAt),
      updatedAt: isoTime(updatedAt),
    })),
  };
}
