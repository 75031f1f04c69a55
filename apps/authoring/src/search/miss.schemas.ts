import { z } from 'zod';
import type { NotedMiss } from '#authoring/search';
import { isoTime, queryLimit } from '#libs/http';
import { storeCode } from '../catalog/catalog.schemas.js';

export const missQuery = z.strictObject({
  store: storeCode,
  limit: queryLimit(500, 100),
});
export type MissQuery = z.infer<typeof missQuery>;

const missAnswer = z.object({
  locale: z.string(),
  query: z.string().describe('Its words, folded.'),
  count: z
    .number()
    .int()
    .describe(
      'How often replicas worked it out; repetitions that the output cache answers are not counted.',
    ),
  lastAt: z.iso.datetime().describe('The day on which it last came.'),
});

export const missesAnswer = z.object({ items: z.array(missAnswer) });
export type MissesAnswer = z.infer<typeof missesAnswer>;

export function missAnswerOf({ lastAt, ...miss }: NotedMiss): MissesAnswer['items'][number] {
  return { ...miss, lastAt: isoTime(lastAt) };
}
