import { MAX_DOCUMENT_LENGTH } from '#libs/scaling';
import { z } from 'zod';
import { queryLimit } from '#libs/http';

const content = z
  .string()
  .min(1)
  .max(MAX_DOCUMENT_LENGTH)
  .describe('The rules in YAML or JSON; their schema is docs/scaling-rules.schema.json.');

export const rulesBody = z.strictObject({ content });
export type RulesBody = z.infer<typeof rulesBody>;

export const rulesAnswer = z.object({
  version: z.int(),
  content: z.string(),
  author: z.string().nullable(),
  createdAt: z.iso.datetime(),
});
export type RulesAnswer = z.infer<typeof rulesAnswer>;

export const rulesVersionsQuery = z.strictObject({
  limit: queryLimit(100, 20),
});
export type RulesVersionsQuery = z.infer<typeof rulesVersionsQuery>;

export const rulesVersionsAnswer = z.object({ items: z.array(rulesAnswer) });
export type RulesVersionsAnswer = z.infer<typeof rulesVersionsAnswer>;
