import { z } from 'zod';

// Folder and file together stay below what a path of a stored picture may have.
export const pictureParams = z.strictObject({
  folder: z
    .string()
    .max(60)
    .regex(/^[a-z0-9-]+$/, 'Lower-case letters, digits and hyphens'),
  file: z
    .string()
    .max(120)
    .regex(/^[a-z0-9-]+\.[a-z]+$/, 'The name of a file, such as pad.svg'),
});
export type PictureParams = z.infer<typeof pictureParams>;
