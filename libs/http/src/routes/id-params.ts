import { z } from 'zod';

/** The path of a single thing: `/things/:id`. */
export const idParams = z.strictObject({ id: z.uuid() });
export type IdParams = z.infer<typeof idParams>;
