import { z } from 'zod';
import { customerLimits, type Customer } from '#libs/customers';
import { isoTime, isoTimeOrNull, pageFields, pageOf, plainText } from '#libs/http';
import { storeCode } from '../catalog/catalog.schemas.js';

const groupCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'Lower-case letters, digits and hyphens')
  .max(customerLimits.groupCode);

export const customerListQuery = z.strictObject({
  ...pageFields,
  store: storeCode,
  email: plainText(customerLimits.email).optional().describe('The beginning of it.'),
  name: plainText(customerLimits.name).optional().describe('The beginning of it.'),
  group: groupCode.optional(),
  isBlocked: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
});
export type CustomerListQuery = z.infer<typeof customerListQuery>;

export const customerPatchBody = z
  .strictObject({
    email: z.email().max(customerLimits.email),
    name: plainText(customerLimits.name),
    phone: plainText(customerLimits.phone).nullable(),
    locale: z.string().min(2).max(20),
    group: groupCode.nullable().describe('Code of a group; null: in none.'),
    isBlocked: z.boolean().describe('Ends every session, and refuses new ones.'),
  })
  .partial();
export type CustomerPatchBody = z.infer<typeof customerPatchBody>;

export const customerAnswer = z.object({
  id: z.uuid(),
  version: z.number().int(),
  store: z.string(),
  email: z.string(),
  name: z.string(),
  phone: z.string().nullable(),
  locale: z.string(),
  group: z.string().nullable(),
  isBlocked: z.boolean(),
  verifiedAt: z.iso.datetime().nullable(),
  erasedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type CustomerAnswer = z.infer<typeof customerAnswer>;

export const customerPage = pageOf(customerAnswer);

export const groupBody = z.strictObject({
  code: groupCode,
  name: plainText(customerLimits.groupName),
});
export type GroupBody = z.infer<typeof groupBody>;

export const groupNameBody = groupBody.pick({ name: true });
export type GroupNameBody = z.infer<typeof groupNameBody>;

export const groupListQuery = z.strictObject({ ...pageFields, store: storeCode });
export type GroupListQuery = z.infer<typeof groupListQuery>;

export const groupAnswer = z.object({
  id: z.uuid(),
  version: z.number().int(),
  code: z.string(),
  name: z.string(),
});
export type GroupAnswer = z.infer<typeof groupAnswer>;

export const groupPage = pageOf(groupAnswer);

export function customerAnswerOf(customer: Customer): CustomerAnswer {
  return {
    id: customer.id,
    version: customer.version,
    store: customer.storeCode,
    email: customer.email,
    name: customer.name,
    phone: customer.phone,
    locale: customer.locale,
    group: customer.group?.code ?? null,
    isBlocked: customer.isBlocked,
    verifiedAt: isoTimeOrNull(customer.verifiedAt),
    erasedAt: isoTimeOrNull(customer.erasedAt),
    createdAt: isoTime(customer.createdAt),
    updatedAt: isoTime(customer.updatedAt),
  };
}

export const erasureAnswer = z.object({ jobId: z.uuid() });
export type ErasureAnswer = z.infer<typeof erasureAnswer>;
