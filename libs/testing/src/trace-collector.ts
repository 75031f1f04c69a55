import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly service: string;
  readonly replica: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly mentions: readonly string[];
  readonly isFailed: boolean;
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly OtlpAttribute[];
  readonly links?: readonly { readonly traceId: string }[];
  readonly status?: { readonly code?: number };
}

interface OtlpTraces {
  readonly resourceSpans?: readonly {
    readonly resource?: { readonly attributes?: readonly OtlpAttribute[] };
    readonly scopeSpans?: readonly { readonly spans?: readonly OtlpSpan[] }[];
  }[];
}

const FAILED = 2;

/** A collector that takes OTLP over HTTP, as JSON, and keeps what it is sent. */
export class TraceCollector {
  /** What it does with a request: takes it, never answers, or refuses it for good. */
  behaviour: 'take' | 'hang' | 'refuse' = 'take';
  readonly spans: CollectedSpan[] = [];
  /** Of the last request. */
  headers: IncomingMessage['headers'] = {};
  requests = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<TraceCollector> {
    const server = createServer();
    const collector = new TraceCollector(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      void collector.answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** For replicas that send it every trace. */
  get env(): Readonly<Record<string, string>> {
    return { OTEL_EXPORTER_OTLP_ENDPOINT: this.url, TRACE_RATIO: '1' };
  }

  named(name: string): CollectedSpan[] {
    return this.spans.filter((span) => span.name === name);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.requests += 1;
    this.headers = request.headers;
    if (this.behaviour === 'hang') return;
    if (this.behaviour === 'refuse' || request.url !== '/v1/traces') {
      response.writeHead(400).end();
      return;
    }
    this.spans.push(...read(JSON.parse(Buffer.concat(chunks).toString('utf8')) as OtlpTraces));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }
}

function read({ resourceSpans = [] }: OtlpTraces): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans = [] }) => {
    const about = factsOf(resource?.attributes);
    const service = String(about['service.name']);
    const replica = String(about['service.instance.id']);
    return scopeSpans
      .flatMap(({ spans = [] }) => spans)
      .map((span) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? '',
        name: span.name,
        kind: span.kind,
        startMs: Number(span.startTimeUnixNano) / 1e6,
        endMs: Number(span.endTimeUnixNano) / 1e6,
        service,
        replica,
        facts: factsOf(span.attributes),
        mentions: (span.links ?? []).map(({ traceId }) => traceId),
        isFailed: span.status?.code === FAILED,
      }));
  });
}

function factsOf(attributes: readonly OtlpAttribute[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
