import { z } from 'zod';
import type { NotedQuery } from '#authoring/search';
import { isoTime } from '#libs/http';

const popularQueryAnswer = z.object({
  locale: z.string(),
  query: z.string().describe('Its words, folded.'),
  count: z.number().int().describe('Minutes in which a replica worked it out.'),
  isPopular: z
    .boolean()
    .describe('It came often enough to be suggested, unless a rule of kind `hidden` hides it.'),
  lastAt: z.iso.datetime().describe('The day on which it last came.'),
});

export const popularQueriesAnswer = z.object({ items: z.array(popularQueryAnswer) });
export type PopularQueriesAnswer = z.infer<typeof popularQueriesAnswer>;

export function popularQueryAnswerOf({
  lastAt,
  ...query
}: NotedQuery): PopularQueriesAnswer['items'][number] {
  return { ...query, lastAt: isoTime(lastAt) };
}
