import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/** Documents one answer of a route: its status, its schema (none for an empty body), and when it is given. */
export function Answers(status: number, schema: z.ZodType | undefined, description: string) {
  return ApiResponse({
    status,
    description,
    ...(schema === undefined ? {} : { standardSchema: schema }),
  });
}
