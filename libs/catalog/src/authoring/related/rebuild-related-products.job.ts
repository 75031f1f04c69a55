import { z } from 'zod';
import { defineJob } from '#libs/database';

const payload = z.strictObject({
  storeId: z.uuid(),
  /** Without it the whole store is rebuilt. */
  productId: z.uuid().optional(),
});

export type RebuildRelatedProducts = z.infer<typeof payload>;

/** Works out anew which products go with one, or with each product of a store. */
export const rebuildRelatedProductsJob = defineJob({
  name: 'rebuild-related-products',
  version: 1,
  schema: payload,
  timeoutMs: 30 * 60_000,
});

/** After a change of a product: who saves it several times, or writes many, has it worked out once, and not beside each change. */
export const RELATED_AFTER_MS = 2_000;

/** Requests for the same rebuild that has not started yet are one job. */
export function rebuildDedupeKey({ storeId, productId }: RebuildRelatedProducts): string {
  return `related:${productId ?? storeId}`;
}
