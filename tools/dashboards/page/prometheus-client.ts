import { unescape } from 'node:querystring';
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
/** More would fill the memory, and a page that nobody can read. */
const ANSWER_BYTES = 16 * 1024 ** 2;

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
  private readonly endpoint: URL;
  private readonly headers: Readonly<Record<string, string>>;

  /** `url`: where its routes begin, below a path too; a name and a password in it are sent with each request. */
  constructor(url: string) {
    const { username, password } = new URL(url);
    const login = `${unescape(username)}:${unescape(password)}`;
    const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
    this.headers = username === '' ? {} : { authorization };
    this.endpoint = new URL(url);
    this.endpoint.username = '';
    this.endpoint.password = '';
    this.endpoint.search = '';
    this.endpoint.pathname = `${this.endpoint.pathname.replace(/\/+$/, '')}/api/v1/query_range`;
  }

  async range(expr: string, { startS, endS, stepS }: TimeRange): Promise<RangeAnswer> {
    const body = new URLSearchParams({
      query: expr,
      start: String(startS),
      end: String(endS),
      step: String(stepS),
    });
    try {
      const { endpoint, headers } = this;
      const signal = AbortSignal.timeout(ANSWER_MS);
      const response = await fetch(endpoint, { method: 'POST', headers, body, signal });
      const text = await textOf(response);
      if (text === undefined) return { refusal: 'Prometheus answers too much' };
      const { success: isOne, data: answer } = answerSchema.safeParse(parsed(text));
      if (!isOne) return { refusal: `No answer of a Prometheus (HTTP ${response.status})` };
      if (answer.status === 'error') return { refusal: answer.error };
      return { series: answer.data.result.map(seriesOf) };
    } catch {
      return { refusal: 'Prometheus does not answer' };
    }
  }
}

/** Undefined: it is larger than what is read. */
async function textOf({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Undefined: it is no JSON, as what a proxy in between answers. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
