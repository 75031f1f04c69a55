import { z } from 'zod';
import type { Fulfilment } from '#authoring/orders';
import { isoTime, plainText } from '#libs/http';
import { openQuantity, orderStates, shipmentLimits } from '#libs/orders';

const MAX_LINES = 200;

export const lineQuantities = z
  .array(
    z.strictObject({
      line: z.number().int().min(1).max(MAX_LINES).describe('Counts from 1, as in the order.'),
      quantity: z.number().int().min(1).max(9_999),
    }),
  )
  .min(1)
  .max(MAX_LINES);

const items = lineQuantities.nullable().default(null).describe('null: everything that is left.');
export const reason = plainText(500).nullable().default(null);

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
    .describe('Give back what was taken for the items. A whole order always gives it back.'),
  reason,
});
export type CancellationBody = z.infer<typeof cancellationBody>;

const count = z.number().int();

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
    }),
  ),
  shipments: z.array(
    z.object({
      id: z.uuid(),
      items: z.array(z.object({ line: count, quantity: count })),
      carrier: z.string().nullable(),
      trackingNumber: z.string().nullable(),
      trackingUrl: z.string().nullable(),
      createdAt: z.iso.datetime(),
    }),
  ),
});
export type FulfilmentAnswer = z.infer<typeof fulfilmentAnswer>;

export function fulfilmentAnswerOf({ order, lines, shipments }: Fulfilment): FulfilmentAnswer {
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
    })),
    shipments: shipments.map(({ sequence: _sequence, createdAt, items: parts, ...shipment }) => ({
      ...shipment,
      items: [...parts],
      createdAt: isoTime(createdAt),
    })),
  };
}
