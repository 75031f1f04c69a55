import { z } from 'zod';
import { pageOf, plainText } from '#libs/http';

const email = z.string().trim().max(254).pipe(z.email());
const name = plainText(200);
/** The upper bound keeps hashing it cheap; whether it is strong is judged by `PasswordStrength`. */
export const newPassword = z.string().min(12).max(200);
const roleIds = z.array(z.uuid()).max(50);

export const newStaffUserBody = z.strictObject({
  email,
  name,
  password: newPassword,
  roleIds: roleIds.default([]),
});
export type NewStaffUserBody = z.infer<typeof newStaffUserBody>;

export const staffUserChangeBody = z
  .strictObject({
    email: email.optional(),
    name: name.optional(),
    password: newPassword.optional(),
    isActive: z.boolean().optional(),
    roleIds: roleIds.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change');
export type StaffUserChangeBody = z.infer<typeof staffUserChangeBody>;

export const staffUserAnswer = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  isActive: z.boolean(),
  roles: z.array(z.object({ id: z.uuid(), name: z.string() })),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type StaffUserAnswer = z.infer<typeof staffUserAnswer>;

export const staffUserPage = pageOf(staffUserAnswer);
