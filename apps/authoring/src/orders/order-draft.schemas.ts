import { z } from 'zod';
import { draftLimits, type DraftContent, type OrderDraft } from '#authoring/orders';
import { isoTime, pageFields, pageOf, plainText } from '#libs/http';
import { paymentMethods } from '#libs/payments';
import { currency, storeCode } from '../catalog/catalog.schemas.js';
import { address } from './order.schemas.js';
import { quoteBody, staffOrderOf } from './staff-order.schemas.js';

export const draftBody = quoteBody.extend({
  note: plainText(draftLimits.note).nullable().default(null).describe('For other staff.'),
});
export type DraftBody = z.infer<typeof draftBody>;

export const draftReplaceBody = draftBody.omit({ store: true });
export type DraftReplaceBody = z.infer<typeof draftReplaceBody>;

export const draftListQuery = z.strictObject({ ...pageFields, store: storeCode });
export type DraftListQuery = z.infer<typeof draftListQuery>;

export const draftPlacementBody = z.strictObject({
  expectedTotal: z
    .strictObject({ amount: z.number().int().min(0), currency })
    .describe('What the buyer has agreed to pay.'),
});
export type DraftPlacementBody = z.infer<typeof draftPlacementBody>;

/** What is ordered does not depend on the store that is named with it. */
export function draftContentOf({ note, ...body }: DraftReplaceBody): DraftContent {
  return { note, order: staffOrderOf({ ...body, store: '' }) };
}

export const draftAnswer = z.object({
  id: z.uuid(),
  version: z.number().int(),
  customerId: z.uuid().nullable(),
  email: z.string().nullable(),
  currency: z.string().nullable(),
  locale: z.string().nullable(),
  items: z.array(
    z.object({
      sku: z.string(),
      quantity: z.number().int(),
      agreedPrice: z.object({ amount: z.number().int(), reason: z.string() }).nullable(),
    }),
  ),
  coupons: z.array(z.string()),
  shippingMethod: z.string().nullable(),
  shippingAddress: address.nullable(),
  billingAddress: address.nullable(),
  paymentMethod: z.enum(paymentMethods).nullable(),
  note: z.string().nullable(),
  author: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
});
export type DraftAnswer = z.infer<typeof draftAnswer>;

export const draftPage = pageOf(draftAnswer);

export function draftAnswerOf(draft: OrderDraft): DraftAnswer {
  const { items, agreedPrices, currency: inCurrency, locale, ...order } = draft.order;
  return {
    ...order,
    id: draft.id,
    version: draft.version,
    currency: inCurrency ?? null,
    locale: locale ?? null,
    items: items.map(({ sku, quantity }) => {
      const agreed = agreedPrices.find((each) => each.sku === sku);
      const agreedPrice =
        agreed === undefined ? null : { amount: agreed.unitPriceMinor, reason: agreed.reason };
      return { sku, quantity, agreedPrice };
    }),
    coupons: [...order.coupons],
    note: draft.note,
    author: draft.author,
    createdAt: isoTime(draft.createdAt),
    updatedAt: isoTime(draft.updatedAt),
    expiresAt: isoTime(draft.expiresAt),
  };
}
