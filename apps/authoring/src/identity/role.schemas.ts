import { z } from 'zod';
import { pageOf, plainText } from '#libs/http';

export const roleBody = z.strictObject({
  name: plainText(100),
  permissions: z
    .array(z.string().min(1).max(100))
    .max(200)
    .describe('Names, or wildcards at the end: `catalog:product:*`, `catalog:*`, `*`.'),
});
export type RoleBody = z.infer<typeof roleBody>;

export const roleAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  permissions: z.array(z.string()),
  version: z.int(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type RoleAnswer = z.infer<typeof roleAnswer>;

export const rolePage = pageOf(roleAnswer);

export const permissionsAnswer = z.object({
  items: z.array(z.object({ name: z.string(), description: z.string() })),
});
export type PermissionsAnswer = z.infer<typeof permissionsAnswer>;
