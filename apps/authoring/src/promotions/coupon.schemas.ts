import { z } from 'zod';
import type { Coupon, CouponBatch } from '#libs/promotions';
import { idParams, isoTime, pageFields, pageOf, plainText } from '#libs/http';
import { promotionLimits } from '#libs/promotions';
import { storeCode } from '../catalog/catalog.schemas.js';

const useLimit = z
  .number()
  .int()
  .min(1)
  .max(promotionLimits.uses)
  .nullable()
  .describe('How many orders may use the code; null: any number.');

export const newCouponBody = z.strictObject({
  code: z.string().min(1).max(100).describe('Letters, digits and dashes; case does not matter.'),
  useLimit: useLimit.default(null),
});
export type NewCouponBody = z.infer<typeof newCouponBody>;

export const couponParams = idParams.extend({ couponId: z.uuid() });
export type CouponParams = z.infer<typeof couponParams>;

export const couponListQuery = z.strictObject({
  ...pageFields,
  store: storeCode,
  batch: z.uuid().optional().describe('Only those of one batch.'),
});
export type CouponListQuery = z.infer<typeof couponListQuery>;

export const couponAnswer = z.object({
  id: z.uuid(),
  code: z.string(),
  batch: z.uuid().nullable(),
  useLimit,
  uses: z.number().int().describe('Counted only when there is a limit.'),
  createdAt: z.iso.datetime(),
});
export type CouponAnswer = z.infer<typeof couponAnswer>;

export const couponPage = pageOf(couponAnswer);

export function couponAnswerOf(coupon: Coupon): CouponAnswer {
  const { id, code, batchId, useLimit: limit, uses, createdAt } = coupon;
  return { id, code, batch: batchId, useLimit: limit, uses, createdAt: isoTime(createdAt) };
}

export const batchParams = idParams.extend({ batchId: z.uuid() });
export type BatchParams = z.infer<typeof batchParams>;

export const newBatchBody = z.strictObject({
  name: plainText(promotionLimits.nameLength).describe('For staff.'),
  prefix: z
    .string()
    .max(promotionLimits.prefixLength)
    .default('')
    .describe('What every code begins with; ten letters and digits follow.'),
  count: z.number().int().min(1).max(promotionLimits.couponsOfBatch),
  useLimit: useLimit.default(1),
});
export type NewBatchBody = z.infer<typeof newBatchBody>;

export const batchListQuery = z.strictObject({ ...pageFields, store: storeCode });
export type BatchListQuery = z.infer<typeof batchListQuery>;

export const batchAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  count: z.number().int().describe('How many were made; some may be gone by now.'),
  useLimit,
  createdAt: z.iso.datetime(),
});
export type BatchAnswer = z.infer<typeof batchAnswer>;

export const batchPage = pageOf(batchAnswer);

export function batchAnswerOf({ promotionId: _, createdAt, ...batch }: CouponBatch): BatchAnswer {
  return { ...batch, createdAt: isoTime(createdAt) };
}
