import { z } from 'zod';
import { plainText } from '#libs/http';
import { movementLimits } from '#libs/inventory';
import { slug, storeCode } from './catalog.schemas.js';

const location = slug.max(movementLimits.codeLength).describe('Its code.');
const quantity = z.number().int().min(1).max(movementLimits.quantity);
const reference = plainText(movementLimits.referenceLength).describe(
  'A delivery note or the like.',
);

export const stockMovementBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('receipt'), location, quantity, reference }),
  z.strictObject({
    kind: z.literal('count'),
    location,
    counted: z.number().int().min(0).max(movementLimits.quantity).describe('What is there.'),
    reference,
  }),
  z.strictObject({
    kind: z.literal('transfer'),
    from: location,
    to: location,
    quantity,
    reference,
  }),
]);
export type StockMovementBody = z.infer<typeof stockMovementBody>;

export const placesAnswer = z.object({
  items: z.array(z.object({ location: z.string(), onHand: z.number().int() })),
});
export type PlacesAnswer = z.infer<typeof placesAnswer>;

const salePriority = z
  .number()
  .int()
  .min(1)
  .max(movementLimits.salePriority)
  .nullable()
  .describe(
    'In which order it is sold from, the lowest first, then by code; null: nothing is sold from it.',
  );

export const locationAnswer = z.object({
  code: z.string(),
  name: z.string(),
  salePriority,
  version: z.number().int(),
});
export type LocationAnswer = z.infer<typeof locationAnswer>;
export const locationsAnswer = z.object({ items: z.array(locationAnswer) });
export type LocationsAnswer = z.infer<typeof locationsAnswer>;

export const newLocationBody = z.strictObject({
  store: storeCode,
  code: slug.max(movementLimits.codeLength),
  name: plainText(movementLimits.nameLength),
});
export type NewLocationBody = z.infer<typeof newLocationBody>;

export const locationParams = z.strictObject({ code: slug.max(movementLimits.codeLength) });
export type LocationParams = z.infer<typeof locationParams>;

export const locationBody = z.strictObject({
  name: plainText(movementLimits.nameLength),
  salePriority,
});
export type LocationBody = z.infer<typeof locationBody>;
