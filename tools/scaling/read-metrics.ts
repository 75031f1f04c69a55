import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { SCALED_ROLES, type MetricSample } from '#libs/scaling';
import { UsageError } from '../usage-error.js';

const HEADER = 'at,role,metric,value';

const rowSchema = z.object({
  at: z.union([
    z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ]),
  role: z.enum(SCALED_ROLES),
  metric: z.string().min(1).max(80),
  value: z.string().trim().min(1).transform(Number).pipe(z.number()),
});

/**
 * Reads measurements (`at,role,metric,value`; times in ISO 8601 or epoch milliseconds) in the order of time.
 * Throws `UsageError`, naming the line.
 */
export function readMetrics(text: string): MetricSample[] {
  const [header, ...rows] = recordsOf(text);
  if (header?.join(',') !== HEADER) throw new UsageError(`the first line must be ${HEADER}`);
  const samples = rows.map(([at, role, metric, value], index) => {
    const parsed = rowSchema.safeParse({ at, role, metric, value });
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const where = issue?.path.join('.') ?? 'row';
    throw new UsageError(`line ${index + 2}: ${where}: ${issue?.message ?? 'cannot be read'}`);
  });
  if (samples.length === 0) throw new UsageError('the file holds no measurement');
  return samples.sort((one, other) => one.at - other.at);
}

function recordsOf(text: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'the file is no CSV');
  }
}
