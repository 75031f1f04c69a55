import { applyDecorators } from '@nestjs/common';
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

/** Documents an answer that is a text of another media type than JSON. */
export function AnswersText(status: number, mediaType: string, description: string) {
  return ApiResponse({
    status,
    description,
    content: { [mediaType]: { schema: { type: 'string' } } },
  });
}

/** Documents problems that the API document does not derive from the shape of a route. */
export function AnswersProblem(...statuses: number[]) {
  return applyDecorators(...statuses.map((status) => ApiResponse({ status, description: '' })));
}
