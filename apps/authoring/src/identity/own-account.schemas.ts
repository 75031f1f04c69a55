import { z } from 'zod';
import { newPassword } from './staff-user.schemas.js';

export const ownPasswordBody = z.strictObject({
  currentPassword: z.string().min(1).max(200),
  newPassword,
});
export type OwnPasswordBody = z.infer<typeof ownPasswordBody>;
