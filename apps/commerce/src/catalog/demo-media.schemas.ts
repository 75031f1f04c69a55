import { z } from 'zod';

export const pictureParams = z.strictObject({
  file: z
    .string()
    .max(200)
    .regex(/^[a-z0-9-]+\.svg$/),
});
export type PictureParams = z.infer<typeof pictureParams>;
