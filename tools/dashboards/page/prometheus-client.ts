import { z } from 'zod';

export interface Point {
  /** Epoch seconds. */
  readonly atS: number;
  readonly value: number;
}

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** In their order. What is no number is left out. */
  readonly points: readonly Point[];
}

/** In epoch seconds; both ends are multiples of the step. */
export interface TimeRange {
  readonly startS: number;
  readonly endS: number;
  readonly stepS: number;
}

export type RangeAnswer =
  | { readonly series: readonly Series[] }
  /** What Prometheus said, or that it said nothing. */
  | { readonly refusal: string };

const ANSWER_MS = 10_000;

const answerSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      result: z.array(
        z.object({
          metric: z.record(z.string(), z.string()),
          values: z.array(z.tuple([z.number(), z.string()])),
        }),
      ),
    }),
  }),
  z.object({ status: z.literal('error'), error: z.string() }),
]);

/** Asks a Prometheus. Never rejects: what it refuses, and that it does not answer, is an answer. */
export class PrometheusClient {
  constructor(private readonly url: string) {}

  async range(expr: string, { startS, endS, stepS }: TimeRange): Promise<RangeAnswer> {
    const body = new URLSearchParams({
      query: expr,
      start: String(startS),
      end: String(endS),
      step: String(stepS),
    });
    try {
      const response = await fetch(new URL('/api/v1/query_range', this.url), {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const answer = answerSchema.parse(await response.json());
      if (answer.status === 'error') return { refusal: answer.error };
      return { series: answer.data.result.map(seriesOf) };
    } catch {
      return { refusal: 'Prometheus does not answer' };
    }
  }
}

function seriesOf({
  metric,
  values,
}: {
  metric: Readonly<Record<string, string>>;
  values: readonly (readonly [number, string])[];
}): Series {
  const points = values.map(([atS, text]) => ({ atS, value: Number(text) }));
  return { labels: metric, points: points.filter(({ value }) => Number.isFinite(value)) };
}
