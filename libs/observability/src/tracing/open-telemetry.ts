import { tracingChannel } from 'node:diagnostics_channel';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { RuntimeConfig, TracingConfig } from '#libs/config';
import {
  currentTrace,
  LockstepError,
  PRODUCT_VERSION,
  runInTrace,
  withDeadline,
  type Trace,
  type TraceFacts,
  type TraceStep,
} from '#libs/kernel';
import { SpanQueue, type SpanOutcome } from './span-queue.js';
import type { OpenTrace, PastStep, TraceBeginning, TraceEngine } from './trace-engine.js';
import { readTraceparent, traceparentOf } from './traceparent.js';

const MAX_SPANS = 4_096;
const BATCH_SPANS = 512;
const DELAY_MS = 1_000;
/** For one batch, attempts included. */
const SEND_MS = 5_000;
const STOP_MS = 1_000;
/** A statement that is longer is shown cut. */
const MAX_FACT_LENGTH = 2_048;

const KINDS = {
  server: SpanKind.SERVER,
  consumer: SpanKind.CONSUMER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  internal: SpanKind.INTERNAL,
};

export interface OpenTelemetryOptions {
  readonly collector: NonNullable<TracingConfig['collector']>;
  readonly ratio: number;
  readonly runtime: Pick<RuntimeConfig, 'role' | 'replicaId'>;
  readonly onOutcome: (outcome: SpanOutcome, spans: number, error?: Error) => void;
}

/**
 * Records traces with the SDK of OpenTelemetry and sends them to a collector, in the background. Nothing of it
 * is registered globally, and no module is patched: Lockstep names its own steps, and commands of Redis are
 * heard of on the channel on which ioredis tells them.
 */
export class OpenTelemetry implements TraceEngine {
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;
  private readonly redisSpans = new WeakMap<object, Span>();

  constructor({ collector, ratio, runtime, onOutcome }: OpenTelemetryOptions) {
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({
        'service.namespace': 'lockstep',
        'service.name': `lockstep-${runtime.role}`,
        'service.version': PRODUCT_VERSION,
        'service.instance.id': runtime.replicaId,
      }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
      spanLimits: { attributeValueLengthLimit: MAX_FACT_LENGTH },
      spanProcessors: [
        new SpanQueue({
          exporter: new OTLPTraceExporter({
            url: `${collector.url}/v1/traces`,
            headers: { ...collector.headers },
            timeoutMillis: SEND_MS,
          }),
          maxSpans: MAX_SPANS,
          batchSpans: BATCH_SPANS,
          delayMs: DELAY_MS,
          onOutcome,
        }),
      ],
    });
    this.tracer = this.provider.getTracer('lockstep', PRODUCT_VERSION);
    redisCommands.subscribe(this.redisSteps);
  }

  begin({ continues, mentions, ...step }: TraceBeginning): OpenTrace {
    const remote = readTraceparent(continues);
    const mentioned = readTraceparent(mentions);
    const span = this.tracer.startSpan(
      step.name,
      {
        kind: KINDS[step.kind],
        attributes: { ...step.facts },
        links: mentioned === undefined ? [] : [{ context: mentioned }],
      },
      remote === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, remote),
    );
    const begun = new SpanTrace(this.tracer, span);
    const end = (facts?: TraceFacts) => {
      if (!span.isRecording()) return;
      if (facts !== undefined) begun.note(facts);
      span.end();
    };
    return { trace: begun, end };
  }

  notePast({ name, kind = 'producer', continues, startedAt, endedAt, facts }: PastStep): void {
    const remote = readTraceparent(continues);
    if (remote === undefined) return;
    const context = trace.setSpanContext(ROOT_CONTEXT, remote);
    // As dates: a number may be taken for one that counts from the start of the process.
    const startTime = new Date(startedAt);
    const options = { kind: KINDS[kind], attributes: { ...facts }, startTime };
    this.tracer.startSpan(name, options, context).end(new Date(endedAt));
  }

  async stop(): Promise<void> {
    redisCommands.unsubscribe(this.redisSteps);
    const stopped = this.provider.shutdown();
    // What the collector does not take by then is lost; the counts say so where they are still read.
    await withDeadline(stopped, STOP_MS, 'sending the last spans').catch(() => undefined);
  }

  /** Commands outside of a trace are the upkeep of connections and queues: nobody looks for them. */
  private readonly redisSteps = {
    start: (message: RedisCommand): void => {
      const parent = currentTrace();
      if (!(parent instanceof SpanTrace) || !parent.isRecorded || parent.tracer !== this.tracer) {
        return;
      }
      // Its arguments hold keys, and keys hold what people are known by.
      const attributes = {
        'db.system.name': 'redis',
        'db.operation.name': message.command.toUpperCase(),
      };
      const options = { kind: SpanKind.CLIENT, attributes };
      const span = this.tracer.startSpan('redis', options, parent.context);
      this.redisSpans.set(message, span);
    },
    end: (): void => undefined,
    asyncStart: (): void => undefined,
    asyncEnd: (message: RedisCommand): void => {
      this.redisSpans.get(message)?.end();
    },
    error: (message: RedisCommand): void => {
      this.redisSpans.get(message)?.setStatus({ code: SpanStatusCode.ERROR });
    },
  };
}

interface RedisCommand {
  readonly command: string;
}

const redisCommands = tracingChannel<unknown, RedisCommand>('ioredis:command');

/** A span, and what is done within it. */
class SpanTrace implements Trace {
  constructor(
    readonly tracer: Tracer,
    private readonly span: Span,
  ) {}

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get traceparent(): string {
    return traceparentOf(this.span.spanContext());
  }

  /** False as well once it has ended: what goes on in its context belongs to it no more. */
  get isRecorded(): boolean {
    return this.span.isRecording();
  }

  get context(): Context {
    return trace.setSpan(ROOT_CONTEXT, this.span);
  }

  step<T>({ name, kind, facts }: TraceStep, work: () => T): T {
    const options = { kind: KINDS[kind ?? 'internal'], attributes: { ...facts } };
    const span = this.tracer.startSpan(name, options, this.context);
    const child = new SpanTrace(this.tracer, span);
    let result: T;
    try {
      result = runInTrace(child, work);
    } catch (error) {
      child.fail(error);
      span.end();
      throw error;
    }
    if (!(result instanceof Promise)) {
      span.end();
      return result;
    }
    const ended = result.then(
      (value: unknown) => {
        span.end();
        return value;
      },
      (error: unknown) => {
        child.fail(error);
        span.end();
        throw error;
      },
    );
    return ended as T;
  }

  noteStep({ name, kind, facts }: TraceStep, ms: number): void {
    if (!this.isRecorded) return;
    const endTime = Date.now();
    const options = {
      kind: KINDS[kind ?? 'internal'],
      attributes: { ...facts },
      startTime: endTime - ms,
    };
    this.tracer.startSpan(name, options, this.context).end(endTime);
  }

  note(facts: TraceFacts): void {
    this.span.setAttributes({ ...facts });
  }

  fail(error: unknown): void {
    this.span.setAttribute('error.type', kindOf(error));
    this.span.setStatus({ code: SpanStatusCode.ERROR });
  }
}

function kindOf(error: unknown): string {
  if (error instanceof LockstepError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
